package store;

import replication.execution.Claim;
import replication.execution.LostClaim;

/**
 * Gives a running task back to the backlog, because its node goes down. Fenced like every
 * write; the next claim moves the attempt on, so what the node still writes is refused.
 * One that is to stop is not given back: whoever claims it next, or the sweep, ends it.
 */
final class TaskHandBack {

    private final Database database;

    TaskHandBack(Database database) {
        this.database = database;
    }

    void handBack(Claim claim) {
        int given = this.database.sql("""
                UPDATE task
                SET state = CASE WHEN stop_requested THEN state ELSE 'pending' END,
                    owner = CASE WHEN stop_requested THEN owner END, update_time = now()
                WHERE execution_id = :execution AND id = :task
                AND state = 'running' AND owner = :owner AND attempt = :attempt
                """)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("owner", claim.owner())
            .param("attempt", claim.attempt())
            .update();
        if (given == 0) {
            throw new LostClaim(claim);
        }
    }

}
