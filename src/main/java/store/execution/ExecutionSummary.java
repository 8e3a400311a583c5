package store.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import oci.model.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import replication.access.Caller;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import store.notice.Outbox;
import store.sql.Changes;
import store.sql.Database;

/**
 * Computes an execution's summary from its tasks' rows and ends the execution with its
 * last task. An execution that does not find what its policy names, or finds nothing at
 * all, ends as partial unless the policy allows that; this does not apply to executions
 * started by events.
 */
final class ExecutionSummary {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionSummary.class);

    /** Whether a task's row has the progress of its running attempt. */
    private static final String LIVE = "state = 'running' AND (progress ->> 'attempt')::int = attempt";

    private final Database database;

    private final Changes changes;

    private final Outbox outbox;

    ExecutionSummary(Database database) {
        this.database = database;
        this.changes = new Changes(database);
        this.outbox = new Outbox(database);
    }

    /** Whether a task waits or runs; this reads two small indexes. */
    boolean hasOpenTasks(long executionId) {
        return this.database.sql("""
                SELECT EXISTS (
                        SELECT FROM task WHERE execution_id = :id AND state = 'pending')
                    OR EXISTS (
                        SELECT FROM task WHERE execution_id = :id AND state IN ({task in work}))
                """).param("id", executionId).query(Boolean.class).single();
    }

    // Returns whether this call has ended the execution. The row is locked before the
    // tasks are counted, because adding tasks, ending the discovery and stopping lock it
    // too. So a node that sees a complete discovery counts all tasks, and the second of
    // two nodes finds the execution ended.
    boolean refresh(long executionId) {
        return this.database.inTransaction(() -> {
            boolean open = this.database.sql("""
                    SELECT id FROM execution
                    WHERE id = :id AND state IN ({execution open})
                    FOR NO KEY UPDATE
                    """).param("id", executionId).query(Long.class).optional().isPresent();
            return open && count(executionId);
        });
    }

    private boolean count(long executionId) {
        Optional<Ended> ended = this.database
            .sql("""
                    WITH tasks AS (
                        SELECT count(*) AS total,
                            count(*) FILTER (WHERE state IN ({task not done})) AS failed,
                            count(*) FILTER (WHERE state IN ({task well ended})) AS succeed,
                            count(*) FILTER (WHERE state = 'skipped') AS without_tags,
                            count(*) FILTER (WHERE missing AND state IN ({task ended without work})) AS missing,
                            count(*) FILTER (WHERE missing AND state = 'failed') AS hidden,
                            count(*) FILTER (WHERE state IN ({task open})) AS open,
                            coalesce(sum(copied), 0) AS copied,
                            coalesce(sum(CASE WHEN {live} THEN greatest(unchanged, (progress ->> 'unchanged')::bigint)
                                ELSE unchanged END), 0) AS unchanged,
                            coalesce(sum(kept), 0) AS kept, coalesce(sum(skipped), 0) AS skipped,
                            coalesce(sum(failed), 0) AS failed_artifacts,
                            coalesce(sum(CASE WHEN {live} THEN greatest(bytes, (progress ->> 'bytes')::bigint)
                                ELSE bytes END), 0) AS bytes,
                            coalesce(sum(deleted), 0) AS deleted
                        FROM task
                        WHERE execution_id = :id),
                    judged AS (
                        SELECT e.trigger <> 'event' AS whole,
                            (e.trigger = 'event' OR coalesce((e.policy ->> 'allow_empty')::boolean, false)
                                OR t.missing = 0 AND t.without_tags < t.total) AND e.list_lacks = '' AS found
                        FROM execution e, tasks t
                        WHERE e.id = :id),
                    verdict AS (
                        SELECT CASE
                            WHEN t.open > 0 THEN NULL
                            WHEN e.state = 'stopping' THEN
                                CASE WHEN e.discovered OR NOT EXISTS (
                                    SELECT FROM scheduled_tasks WHERE task_name = 'discover' AND task_instance = e.id::text)
                                THEN 'stopped' END
                            WHEN e.state <> 'running' THEN NULL
                            WHEN e.failure IS NOT NULL THEN 'failed'
                            WHEN NOT e.discovered THEN NULL
                            WHEN t.failed = 0 AND j.found THEN 'succeeded'
                            WHEN t.succeed > 0 OR j.whole AND t.failed = t.hidden THEN 'partial'
                            ELSE 'failed' END AS state
                        FROM execution e, tasks t, judged j
                        WHERE e.id = :id)
                    UPDATE execution e
                    SET total = t.total, failed = t.failed, succeed = t.succeed, in_progress = t.open,
                        copied = t.copied, unchanged = t.unchanged, kept = t.kept, skipped = t.skipped,
                        failed_artifacts = t.failed_artifacts, bytes = t.bytes, deleted = t.deleted,
                        state = coalesce(v.state, e.state),
                        end_time = CASE WHEN v.state IS NOT NULL THEN now() END,
                        hint = CASE
                            WHEN v.state IS NULL OR v.state = 'stopped' OR e.failure IS NOT NULL THEN e.hint
                            WHEN v.state <> 'succeeded' AND t.failed > 0 THEN (
                                SELECT hint FROM task
                                WHERE execution_id = :id AND state IN ({task not done}) ORDER BY id LIMIT 1)
                            ELSE '' END,
                        status_text = CASE
                            WHEN v.state IS NULL OR v.state = 'stopped' THEN e.status_text
                            WHEN e.failure IS NOT NULL THEN e.failure
                            WHEN t.failed = 0 AND e.list_lacks <> '' THEN e.list_lacks
                            WHEN t.failed = t.hidden AND t.missing > 0 AND v.state = 'partial' THEN (
                                SELECT status_text FROM task
                                WHERE execution_id = :id AND missing AND state IN ({task ended without work}) ORDER BY id LIMIT 1)
                                || CASE WHEN t.missing > 1 THEN format(' (and %s more)', t.missing - 1) ELSE '' END
                            WHEN t.failed = 0 AND v.state = 'partial' THEN format('the policy''s filters select nothing at %s',
                                (SELECT name FROM registry WHERE id = e.src_registry_id))
                            WHEN t.total = 0 THEN 'nothing matched'
                            WHEN t.failed > 0 THEN format('%s of %s failed, first %s', t.failed, t.total, (
                                SELECT src_resource || ': ' || status_text FROM task
                                WHERE execution_id = :id AND state IN ({task not done}) ORDER BY id LIMIT 1))
                                || CASE WHEN e.list_lacks <> '' THEN '; ' || e.list_lacks ELSE '' END
                            ELSE '' END
                    FROM tasks t, verdict v
                    WHERE e.id = :id
                    RETURNING e.id, e.policy_name, e.state, e.status_text, e.hint, e.end_time, e.copied, e.unchanged, e.bytes, e.mode
                    """
                .replace("{live}", LIVE))
            .param("id", executionId)
            .query(ExecutionSummary::ended)
            .single();
        ended.ifPresent((end) -> {
            this.changes.execution(executionId, Caller.DRAYAGE, end.state(), end.statusText());
            if (end.mode() == Mode.APPLY) {
                this.outbox.ended(executionId, ExecutionState.of(end.state()));
            }
            LOG.atLevel(end.level()).log(end.line());
        });
        return ended.isPresent();
    }

    private static Optional<Ended> ended(ResultSet row, int number) throws SQLException {
        if (row.getTimestamp("end_time") == null) {
            return Optional.empty();
        }
        String state = row.getString("state");
        String text = row.getString("status_text");
        Mode mode = Mode.of(row.getString("mode"));
        return Optional.of(new Ended(state, mode, text,
                "execution %d of policy %s %s: %d %s, %d unchanged, %d bytes sent; %s".formatted(row.getLong("id"),
                        row.getString("policy_name"), state, row.getLong("copied"),
                        (mode == Mode.PLAN) ? "to be copied" : "copied", row.getLong("unchanged"), row.getLong("bytes"),
                        text.isEmpty() ? "all is well" : new Reason(text, row.getString("hint")))));
    }

    /**
     * The end of an execution.
     *
     * @param line a log line for an operator who searches for the cause
     */
    private record Ended(String state, Mode mode, String statusText, String line) {

        Level level() {
            return this.state.equals("failed") || this.state.equals("partial") ? Level.WARN : Level.INFO;
        }

    }

}
