package store.task;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import replication.ResourceType;
import replication.execution.state.Mode;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.TaskKey;
import replication.policy.Policy;
import store.policy.PolicyJson;
import store.policy.PolicyTable;
import store.sql.Database;

/**
 * Claims a task for this node.
 * <p>
 * Safe, because it is one UPDATE of one row: of two claims the second waits for the
 * first, sees its attempt and continues its count, and by that number every later write
 * of the first is refused. A task that has ended, waits or is to stop does not match. A
 * running task matches, so that the next node gets a dead node's task: db-scheduler hands
 * a job out again only after its node's heartbeats have stopped. If that node is alive
 * after all, it has lost the task from here on.
 */
final class TaskClaim {

    private static final String TAGS = """
            CASE e.trigger WHEN 'event' THEN (
                SELECT array_agg(i.tag) FROM execution_item i
                WHERE i.execution_id = e.id AND i.resource_type = t.resource_type AND i.repository = t.src_resource) END AS tags,
            CASE e.trigger WHEN 'event' THEN (
                SELECT array_agg(i.tag) FROM execution_item i
                WHERE i.execution_id = e.id AND i.resource_type = t.resource_type AND i.repository = t.src_resource AND i.deleted) END AS deleted""";

    private final Database database;

    private final String node;

    private final TaskEnding ending;

    TaskClaim(Database database, String node) {
        this.database = database;
        this.node = node;
        this.ending = new TaskEnding(database);
    }

    Optional<ClaimedTask> claim(TaskKey key) {
        Optional<ClaimedTask> claimed = this.database
            .sql("""
                    UPDATE task t
                    SET state = 'running', attempt = t.attempt + 1, owner = :node, status_text = '', hint = '', unchanged = 0,
                        copied = CASE e.mode WHEN 'plan' THEN 0 ELSE t.copied END,
                        start_time = coalesce(t.start_time, now()), update_time = now()
                    FROM execution e
                    WHERE t.execution_id = {execution} AND t.id = :task
                    AND t.state IN ({task to running}) AND NOT t.stop_requested AND t.wish IS NULL
                    AND e.id = {execution} AND e.state = 'running'
                    RETURNING t.owner, t.attempt, t.resource_type, t.src_resource, t.dest_registry_id, t.dest_resource,
                        t.bytes, e.mode, {policy}, {tags}
                    """
                .replace("{policy}", PolicyJson.SNAPSHOT)
                .replace("{tags}", TAGS), key.executionId())
            .param("node", this.node)
            .param("task", key.taskId())
            .query((row, number) -> read(key, row))
            .optional();
        if (claimed.isEmpty()) {
            endStopped(key);
            handBack(key);
        }
        return claimed;
    }

    Optional<ClaimedTask> held(TaskKey key, int attempt) {
        return this.database
            .sql("""
                    SELECT t.owner, t.attempt, t.resource_type, t.src_resource, t.dest_registry_id, t.dest_resource, t.bytes,
                        e.mode, {policy}, {tags}
                    FROM task t JOIN execution e ON e.id = t.execution_id
                    WHERE t.execution_id = :execution AND t.id = :task AND t.state = 'running' AND t.attempt = :attempt
                    """
                .replace("{policy}", PolicyJson.SNAPSHOT)
                .replace("{tags}", TAGS))
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .param("attempt", attempt)
            .query((row, number) -> read(key, row))
            .optional();
    }

    private static ClaimedTask read(TaskKey key, ResultSet row) throws SQLException {
        Policy policy = PolicyTable.read(row, 0);
        long destination = row.getLong("dest_registry_id");
        return new ClaimedTask(new Claim(key, row.getString("owner"), row.getInt("attempt")),
                new ResourceType(row.getString("resource_type")), row.getString("src_resource"),
                (destination != 0) ? destination : policy.destination().registryId(), row.getString("dest_resource"),
                policy, Mode.of(row.getString("mode")), tags(row.getArray("tags")), tags(row.getArray("deleted")),
                row.getLong("bytes"));
    }

    private static Set<String> tags(@Nullable Array tags) throws SQLException {
        return (tags != null) ? Set.of((String[]) tags.getArray()) : Set.of();
    }

    // The node died after the task was asked to stop, so nobody else will write its end.
    private void endStopped(TaskKey key) {
        this.database.inTransaction(() -> this.database.sql("""
                SELECT t.attempt, e.status_text
                FROM task t JOIN execution e ON e.id = t.execution_id
                WHERE t.execution_id = :execution AND t.id = :task
                AND t.state IN ({task dispatched})
                AND (t.stop_requested OR e.state = 'stopping')
                FOR UPDATE OF t
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .query((row, number) -> new Stopped(row.getInt("attempt"), row.getString("status_text")))
            .optional()
            .ifPresent((task) -> this.ending.stop(key, task.attempt(), task.statusText())));
    }

    // The node died after it was asked to hand the task back, so nobody else will do so.
    private void handBack(TaskKey key) {
        this.database.sql("""
                UPDATE task
                SET state = CASE WHEN wish = 'pause' THEN 'paused' ELSE 'pending' END, wish = NULL, owner = NULL,
                    update_time = now()
                WHERE execution_id = :execution AND id = :task AND state = 'running' AND wish IS NOT NULL
                AND NOT stop_requested
                """).param("execution", key.executionId()).param("task", key.taskId()).update();
    }

    private record Stopped(int attempt, String statusText) {
    }

}
