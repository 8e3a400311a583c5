package store;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.execution.Claim;
import replication.execution.ClaimedTask;
import replication.execution.LostClaim;
import replication.execution.TaskKey;

/**
 * The claim and the fence.
 *
 * <p>
 * A claim is one guarded update: the row's lock lets one node at a time try, and whoever
 * succeeds has moved {@code attempt} on. A task that is running may be claimed, for its
 * job comes to another node only when the first has not been heard of; whatever the first
 * still writes carries the older attempt and changes nothing.
 */
final class TaskClaims {

    /** True of the row while the claim holds. */
    static final String FENCE = "execution_id = :executionId AND id = :taskId AND owner = :owner "
            + "AND attempt = :attempt AND state = 'running'";

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    private final String node;

    TaskClaims(JdbcClient jdbc, TransactionOperations transactions, String node) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.node = node;
    }

    Optional<ClaimedTask> claim(TaskKey key) {
        Optional<ClaimedTask> claimed = this.jdbc.sql("""
                UPDATE task t
                SET state = 'running', owner = :node, attempt = t.attempt + 1, state_time = now(),
                    start_time = coalesce(t.start_time, now())
                FROM execution e
                WHERE t.execution_id = :executionId AND t.id = :taskId AND e.id = t.execution_id
                  AND e.state = 'running' AND t.state IN ('queued', 'running', 'retrying') AND NOT t.stop_requested
                RETURNING t.attempt, t.src_resource, t.dest_resource, e.policy
                """)
            .param("node", this.node)
            .param("executionId", key.executionId())
            .param("taskId", key.taskId())
            .query((row, _) -> new ClaimedTask(new Claim(key, this.node, row.getInt("attempt")),
                    row.getString("src_resource"), row.getString("dest_resource"),
                    PolicyJson.read(row.getString("policy"))))
            .optional();
        if (claimed.isEmpty()) {
            endStopped(key);
        }
        return claimed;
    }

    /** A task that was to stop while its node died has nobody else to end it. */
    private void endStopped(TaskKey key) {
        this.jdbc.sql("""
                UPDATE task SET state = 'stopped', status_text = 'stopped', end_time = now(), owner = NULL
                WHERE execution_id = :executionId AND id = :taskId AND stop_requested AND state = 'running'
                """).param("executionId", key.executionId()).param("taskId", key.taskId()).update();
    }

    /** Back to the backlog; the next claim moves the attempt on, so the fence holds. */
    void handBack(Claim claim) {
        this.transactions.executeWithoutResult((_) -> {
            int updated = JdbcFence
                .bind(this.jdbc.sql("UPDATE task SET state = 'pending', owner = NULL WHERE " + FENCE), claim)
                .update();
            if (updated == 0) {
                throw new LostClaim(claim);
            }
        });
    }

}
