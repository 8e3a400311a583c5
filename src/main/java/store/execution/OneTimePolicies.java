package store.execution;

import replication.policy.Policy;
import store.policy.PolicyTable;
import store.sql.Database;

/**
 * Policies that run once: rows of {@code policy} that no list shows. They are deleted
 * after their execution, because a policy keeps its registries from being deleted.
 */
final class OneTimePolicies {

    private final Database database;

    OneTimePolicies(Database database) {
        this.database = database;
    }

    /** Names are unique, and the execution's id makes this one so. */
    static Policy insert(Database database, Policy policy, long executionId) {
        return PolicyTable.insert(database, policy.named(policy.name() + " #" + executionId), true);
    }

    void forgetEnded() {
        this.database.sql("""
                DELETE FROM policy p
                WHERE p.one_kick AND NOT EXISTS (
                    SELECT FROM execution e
                    WHERE e.policy_id = p.id AND e.state IN ({execution open}))
                """).update();
    }

}
