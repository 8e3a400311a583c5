package store.task;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.state.TaskState;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import store.sql.Columns;
import store.sql.Database;

/**
 * Ends a task with the sums of its outcomes' rows. The caller's transaction holds the
 * task's row. Outcomes of earlier attempts are settled first: artifacts that those had
 * announced or copied and that the last attempt found equal were copied by this task,
 * once.
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
     * Ends a task.
     * @param end the end of the last attempt; its number of artifacts found equal
     * includes those that earlier attempts copied
     */
    void end(TaskKey key, int attempt, TaskEnd end) {
        if (attempt > 1) {
            settleEarlier(key, attempt, end.state(), end.unchanged());
        }
        settleAnnounced(key, attempt, end.state());
        close(key, attempt, end);
    }

    // Only an attempt that saw the whole repository knows whether announced artifacts are
    // in place. An attempt that broke off reports only how many it found equal; if that
    // number is too small, the artifacts are not counted, because nothing shows that they
    // were copied.
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

    // Artifacts announced by an attempt that broke off may or may not be in place; if a
    // retry finds one equal, this task has copied it.
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
