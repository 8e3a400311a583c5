package store;

import replication.execution.Claim;
import replication.execution.LostClaim;

/**
 * Lets a write about a task through while the task is its writer's.
 * <p>
 * Safe, because it updates the task's row within the writer's transaction: until that has
 * ended nobody can claim, stop or end the task, and once somebody has, this matches no
 * row and the transaction is rolled back. The update also carries the live counts, so
 * that an operator sees a long task move; {@link TaskEnding} computes them anew.
 */
final class Fence {

    private final Database database;

    Fence(Database database) {
        this.database = database;
    }

    /** Holds the task's row. */
    void pass(Claim claim) {
        pass(claim, 0, 0);
    }

    /** Holds the task's row and adds to its counts. */
    void pass(Claim claim, long copied, long bytes) {
        int held = this.database.sql("""
                UPDATE task SET copied = copied + :copied, bytes = bytes + :bytes
                WHERE execution_id = :execution AND id = :task
                AND state = 'running' AND owner = :owner AND attempt = :attempt
                """)
            .param("copied", copied)
            .param("bytes", bytes)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("owner", claim.owner())
            .param("attempt", claim.attempt())
            .update();
        if (held == 0) {
            throw new LostClaim(claim);
        }
    }

}
