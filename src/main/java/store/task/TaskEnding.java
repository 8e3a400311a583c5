package store.task;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.state.TaskState;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import store.sql.Columns;
import store.sql.Database;

/**
 * Ends a task with what its outcomes' rows add up to. The caller's transaction holds the
 * task's row. What earlier attempts left is settled first: what they had announced or
 * copied and the last attempt found equal was copied by this task, once.
 */
public final class TaskEnding {

    private final Database database;

    private final PlacementTable placements;

    public TaskEnding(Database database) {
        this.database = database;
        this.placements = new PlacementTable(database);
    }

    /** Ends a task as stopped, without any artifact found equal by this node. */
    public void stop(TaskKey key, int attempt, String statusText) {
        end(key, attempt, new TaskEnd(TaskState.STOPPED, statusText, 0));
    }

    /**
     * Ends it.
     * @param end what the last attempt found equal counts with all that earlier ones
     * copied
     */
    void end(TaskKey key, int attempt, TaskEnd end) {
        if (attempt > 1) {
            settleEarlier(key, attempt, end.state(), end.unchanged());
        }
        settleAnnounced(key, attempt, end.state());
        close(key, attempt, end);
    }

    // Only an attempt that saw the whole repository knows that what was announced is in
    // place. One that broke off before says so by the number that it found equal; if
    // that number is too small, the artifacts are not counted, because nothing shows
    // that they were copied.
    private void settleEarlier(TaskKey key, int attempt, TaskState end, long unchanged) {
        long left = bind("""
                SELECT count(*) FROM artifact_outcome
                WHERE execution_id = {execution} AND task_id = :task
                AND attempt < :attempt AND result IN ('open', 'copied')
                """, key, attempt).query(Long.class).single();
        if (end == TaskState.SUCCEEDED || unchanged >= left) {
            this.placements.putAnnounced(key, attempt);
            bind("""
                    UPDATE artifact_outcome SET result = 'copied', time = now()
                    WHERE execution_id = {execution} AND task_id = :task AND attempt < :attempt AND result = 'open'
                    """, key, attempt).update();
        }
        bind("""
                DELETE FROM artifact_outcome
                WHERE execution_id = {execution} AND task_id = :task AND attempt < :attempt AND result NOT IN ('copied', 'open', 'deleted')
                """,
                key, attempt)
            .update();
    }

    // What was announced by an attempt that did not get to the end may be in place or
    // not: a retry that finds it equal has copied it.
    private void settleAnnounced(TaskKey key, int attempt, TaskState end) {
        if (end != TaskState.SUCCEEDED) {
            return;
        }
        bind("""
                UPDATE artifact_outcome SET result = 'failed', reason = 'not finished', time = now()
                WHERE execution_id = {execution} AND task_id = :task AND attempt = :attempt AND result = 'open'
                """, key, attempt).update();
    }

    private void close(TaskKey key, int attempt, TaskEnd end) {
        bind("""
                UPDATE task t
                SET state = :state, status_text = :text, hint = :hint, owner = NULL, end_time = now(), update_time = now(),
                    copied = o.copied, kept = o.kept, skipped = o.skipped, failed = o.failed, bytes = o.bytes,
                    deleted = o.deleted, missing = :missing,
                    unchanged = t.unchanged + greatest(0, :unchanged - o.earlier)
                FROM (
                    SELECT count(*) FILTER (WHERE result IN ('copied', 'would_copy')) AS copied,
                        count(*) FILTER (WHERE result = 'copied' AND attempt < :attempt) AS earlier,
                        count(*) FILTER (WHERE result = 'kept') AS kept,
                        count(*) FILTER (WHERE result = 'skipped') AS skipped,
                        count(*) FILTER (WHERE result = 'failed') AS failed,
                        count(*) FILTER (WHERE result IN ('deleted', 'would_delete')) AS deleted,
                        coalesce(sum(bytes), 0) AS bytes
                    FROM artifact_outcome
                    WHERE execution_id = {execution} AND task_id = :task) o
                WHERE t.execution_id = {execution} AND t.id = :task AND t.state IN ({from})
                """
            .replace("{from}", "{task to " + end.state().id() + "}"), key, attempt).param("state", end.state().id())
            .param("text", Columns.text(end.why().text()))
            .param("hint", Columns.text(end.why().hint()))
            .param("missing", end.missing())
            .param("unchanged", end.unchanged())
            .update();
    }

    private JdbcClient.StatementSpec bind(String sql, TaskKey key, int attempt) {
        return this.database.sql(sql, key.executionId()).param("task", key.taskId()).param("attempt", attempt);
    }

}
