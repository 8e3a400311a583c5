package store.task;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.task.Claim;
import replication.execution.task.LostClaim;
import store.sql.Database;

/**
 * Lets a write about a task through while the writer's claim holds.
 * <p>
 * Safe, because it locks the task's row within the writer's transaction: until that ends
 * nobody can claim, stop or end the task, and once somebody has done so, this matches no
 * row and the transaction is rolled back. With live counts the lock is an update, so that
 * an operator sees a long task's progress; {@link TaskEnding} computes the counts again.
 */
final class Fence {

    private final Database database;

    Fence(Database database) {
        this.database = database;
    }

    /** Locks the task's row. */
    Held pass(Claim claim) {
        return held(this.database.sql("""
                SELECT stop_requested, wish, failures FROM task
                WHERE execution_id = {execution} AND id = :task
                AND state = 'running' AND owner = :owner AND attempt = :attempt
                FOR NO KEY UPDATE
                """, claim.key().executionId()), claim);
    }

    /** Locks the task's row and adds to its counts. */
    Held pass(Claim claim, long copied, long bytes) {
        return held(this.database.sql("""
                UPDATE task SET copied = copied + :copied, bytes = bytes + :bytes
                WHERE execution_id = {execution} AND id = :task
                AND state = 'running' AND owner = :owner AND attempt = :attempt
                RETURNING stop_requested, wish, failures
                """, claim.key().executionId()).param("copied", copied).param("bytes", bytes), claim);
    }

    private static Held held(JdbcClient.StatementSpec statement, Claim claim) {
        return statement.param("task", claim.key().taskId())
            .param("owner", claim.owner())
            .param("attempt", claim.attempt())
            .query((row, number) -> new Held(row.getBoolean("stop_requested"), row.getString("wish"),
                    row.getInt("failures")))
            .optional()
            .orElseThrow(() -> new LostClaim(claim));
    }

    /**
     * The wish for a locked task.
     *
     * @param failures the number of its passing failures so far
     */
    record Held(boolean stop, @Nullable String wish, int failures) {

        boolean pause() {
            return "pause".equals(this.wish);
        }

    }

}
