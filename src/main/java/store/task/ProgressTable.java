package store.task;

import java.util.List;

import replication.execution.task.Claim;
import replication.execution.task.Progresses;
import replication.execution.task.TaskProgress;
import store.sql.Database;

/**
 * Writes the progress of running tasks into their rows.
 * <p>
 * Fenced like every write about a task: only the row of the claim's attempt is matched.
 * It writes many rows and therefore skips locked ones: a transaction that waits for one
 * row while it holds others can block another that does the same.
 */
public final class ProgressTable implements Progresses {

    private final Database database;

    public ProgressTable(Database database) {
        this.database = database;
    }

    // The arrays repeat the rows of the join, so that the planner uses the primary key in
    // any case.
    @Override
    public boolean write(List<TaskProgress> tasks) {
        List<Claim> claims = tasks.stream().map(TaskProgress::claim).toList();
        int written = this.database.sql("""
                WITH held AS MATERIALIZED (
                    SELECT t.execution_id, t.id, c.progress
                    FROM unnest(:executions::bigint[], :tasks::bigint[], :owners::text[], :attempts::int[],
                            :progress::text[]) AS c (execution_id, id, owner, attempt, progress)
                    CROSS JOIN LATERAL (
                        SELECT execution_id, id FROM task
                        WHERE execution_id = c.execution_id AND id = c.id AND state = 'running'
                        AND owner = c.owner AND attempt = c.attempt
                        LIMIT 1
                        FOR NO KEY UPDATE SKIP LOCKED) t)
                UPDATE task t
                SET progress = held.progress::jsonb
                FROM held
                WHERE t.execution_id = ANY (:executions::bigint[]) AND t.id = ANY (:tasks::bigint[])
                AND t.execution_id = held.execution_id AND t.id = held.id
                """)
            .param("executions", claims.stream().map((claim) -> claim.key().executionId()).toArray(Long[]::new))
            .param("tasks", claims.stream().map((claim) -> claim.key().taskId()).toArray(Long[]::new))
            .param("owners", claims.stream().map(Claim::owner).toArray(String[]::new))
            .param("attempts", claims.stream().map(Claim::attempt).toArray(Integer[]::new))
            .param("progress",
                    tasks.stream()
                        .map((task) -> ProgressJson.write(task.claim().attempt(), task.progress()))
                        .toArray(String[]::new))
            .update();
        return written == tasks.size();
    }

}
