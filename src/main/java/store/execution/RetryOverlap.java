package store.execution;

import java.util.List;

import replication.Refusal;
import store.sql.Database;

/**
 * Refuses to retry an ended execution while another of its policy is open, unless the
 * policy allows that. Plans and executions started by events run beside others.
 */
final class RetryOverlap {

    private final Database database;

    RetryOverlap(Database database) {
        this.database = database;
    }

    /**
     * Locks the policy. Called before the execution's row is locked, because a start
     * locks in that order too.
     * @throws Refusal.Conflict if another execution is open
     */
    void hold(long id) {
        this.database.sql("""
                SELECT p.id FROM policy p JOIN execution e ON e.policy_id = p.id WHERE e.id = :id
                FOR NO KEY UPDATE OF p
                """).param("id", id).query(Long.class).optional();
        List<Long> others = this.database.sql("""
                SELECT o.id FROM execution e JOIN execution o ON o.policy_id = e.policy_id AND o.id <> e.id
                WHERE e.id = :id AND e.state IN ({execution ended})
                AND o.state IN ({execution open})
                AND e.mode = 'apply' AND o.mode = 'apply' AND e.trigger <> 'event' AND o.trigger <> 'event'
                AND coalesce(e.policy ->> 'overlap', 'skip') <> 'allow'
                ORDER BY o.id
                """).param("id", id).query(Long.class).list();
        if (!others.isEmpty()) {
            throw new Refusal.Conflict("execution %d of the same policy is running: %d can be retried when it has ended"
                .formatted(others.getFirst(), id));
        }
    }

}
