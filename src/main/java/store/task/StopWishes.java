package store.task;

import java.util.List;

import replication.execution.task.Claim;
import store.sql.Database;

/** Finds the tasks of a node that are to stop; called several times a second. */
final class StopWishes {

    private final Database database;

    StopWishes(Database database) {
        this.database = database;
    }

    // LATERAL with a LIMIT makes the planner read by primary key, once for each claim.
    List<Claim> among(List<Claim> running) {
        if (running.isEmpty()) {
            return List.of();
        }
        return places(running, """
                SELECT c.place
                FROM unnest(:executions::bigint[], :tasks::bigint[], :owners::text[], :attempts::int[])
                    WITH ORDINALITY AS c (execution_id, id, owner, attempt, place)
                LEFT JOIN LATERAL (
                    SELECT true AS goes_on FROM task t
                    WHERE t.execution_id = c.execution_id AND t.id = c.id AND t.state = 'running'
                    AND t.owner = c.owner AND t.attempt = c.attempt AND NOT t.stop_requested AND t.wish IS NULL
                    LIMIT 1) t ON true
                WHERE t.goes_on IS NULL
                ORDER BY c.place
                """);
    }

    List<Claim> stoppedForGood(List<Claim> stopping) {
        return places(stopping, """
                SELECT c.place
                FROM unnest(:executions::bigint[], :tasks::bigint[], :owners::text[], :attempts::int[])
                    WITH ORDINALITY AS c (execution_id, id, owner, attempt, place)
                CROSS JOIN LATERAL (
                    SELECT FROM task t
                    WHERE t.execution_id = c.execution_id AND t.id = c.id AND t.state = 'running'
                    AND t.owner = c.owner AND t.attempt = c.attempt AND t.stop_requested
                    LIMIT 1) t
                ORDER BY c.place
                """);
    }

    private List<Claim> places(List<Claim> running, String sql) {
        return this.database.sql(sql)
            .param("executions", running.stream().map((claim) -> claim.key().executionId()).toArray(Long[]::new))
            .param("tasks", running.stream().map((claim) -> claim.key().taskId()).toArray(Long[]::new))
            .param("owners", running.stream().map(Claim::owner).toArray(String[]::new))
            .param("attempts", running.stream().map(Claim::attempt).toArray(Integer[]::new))
            .query(Integer.class)
            .list()
            .stream()
            .map((place) -> running.get(place - 1))
            .toList();
    }

}
