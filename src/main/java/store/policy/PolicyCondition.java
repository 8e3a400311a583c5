package store.policy;

import store.sql.Database;

/**
 * The table {@code policy_condition}: whether a policy's latest execution failed. If two
 * executions end at the same time, the lock of this row decides which was first. A
 * stopped execution changes nothing, and a policy that runs once has no condition.
 */
public final class PolicyCondition {

    private final Database database;

    public PolicyCondition(Database database) {
        this.database = database;
    }

    /** Whether this is the first success after a failure. */
    public boolean succeeded(long executionId) {
        return changed(executionId, false);
    }

    /** Whether this is the first failure, or the first after a success. */
    public boolean failed(long executionId) {
        return changed(executionId, true);
    }

    // The first success of a policy is not reported.
    private boolean changed(long executionId, boolean failing) {
        return this.database.sql("""
                INSERT INTO policy_condition AS c (policy_id, failing)
                SELECT e.policy_id, :failing FROM execution e JOIN policy p ON p.id = e.policy_id AND NOT p.one_kick
                WHERE e.id = :id
                ON CONFLICT (policy_id) DO UPDATE SET failing = excluded.failing, time = now()
                WHERE c.failing <> excluded.failing
                RETURNING failing OR xmax <> 0
                """).param("id", executionId).param("failing", failing).query(Boolean.class).optional().orElse(false);
    }

    /** Deletes the rows of policies that are gone. */
    public static void purge(Database database) {
        database.sql("""
                DELETE FROM policy_condition c WHERE NOT EXISTS (SELECT FROM policy p WHERE p.id = c.policy_id)
                """).update();
    }

}
