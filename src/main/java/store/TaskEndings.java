package store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.execution.Claim;
import replication.execution.LostClaim;
import replication.execution.TaskState;

/**
 * Ends a task with what its rows say, in one transaction that begins with the fence.
 *
 * <p>
 * Counts are exact whatever attempt died where. What an earlier attempt announced or
 * recorded as copied and this one found equal was copied by this task, so it is taken
 * from the number of unchanged ones. What an earlier attempt recorded otherwise and this
 * one did not touch again is out of date.
 */
final class TaskEndings {

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    TaskEndings(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    void finish(Claim claim, TaskState end, String statusText, long unchanged) {
        this.transactions.executeWithoutResult((_) -> {
            hold(claim);
            dropOutOfDate(claim);
            long before = end.equals(TaskState.STOPPED) ? 0 : takeAsCopied(claim);
            write(claim, end, statusText, Math.max(0, unchanged - before));
        });
    }

    private void hold(Claim claim) {
        boolean held = JdbcFence
            .bind(this.jdbc.sql("SELECT true FROM task WHERE " + TaskClaims.FENCE + " FOR UPDATE"), claim)
            .query(Boolean.class)
            .optional()
            .isPresent();
        if (!held) {
            throw new LostClaim(claim);
        }
    }

    /** What this attempt announced and did not come to do is out of date as well. */
    private void dropOutOfDate(Claim claim) {
        bind("""
                DELETE FROM artifact_outcome
                WHERE execution_id = :executionId AND task_id = :taskId
                  AND ((attempt < :attempt AND result NOT IN ('open', 'copied')) OR (attempt = :attempt AND result = 'open'))
                """,
                claim)
            .update();
    }

    private long takeAsCopied(Claim claim) {
        return bind("""
                UPDATE artifact_outcome SET result = 'copied'
                WHERE execution_id = :executionId AND task_id = :taskId AND attempt < :attempt
                """, claim).update();
    }

    private void write(Claim claim, TaskState end, String statusText, long unchanged) {
        bind("""
                UPDATE task
                SET state = :end, status_text = :statusText, owner = NULL, end_time = now(), unchanged = :unchanged,
                    copied = o.copied, kept = o.kept, skipped = o.skipped, failed_artifacts = o.failed,
                    bytes = o.bytes
                FROM (SELECT count(*) FILTER (WHERE result = 'copied') AS copied,
                             count(*) FILTER (WHERE result = 'kept') AS kept,
                             count(*) FILTER (WHERE result = 'skipped') AS skipped,
                             count(*) FILTER (WHERE result = 'failed') AS failed,
                             coalesce(sum(bytes), 0) AS bytes
                      FROM artifact_outcome WHERE execution_id = :executionId AND task_id = :taskId) o
                WHERE execution_id = :executionId AND id = :taskId AND attempt = :attempt
                """, claim).param("end", end.id())
            .param("statusText", statusText)
            .param("unchanged", unchanged)
            .update();
    }

    private JdbcClient.StatementSpec bind(String sql, Claim claim) {
        return this.jdbc.sql(sql)
            .param("executionId", claim.key().executionId())
            .param("taskId", claim.key().taskId())
            .param("attempt", claim.attempt());
    }

}
