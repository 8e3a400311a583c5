package store;

import replication.Refusal;
import replication.execution.Execution;
import replication.policy.Policy;

/** Starts an execution: its row and the job that discovers its tasks, both or neither. */
final class ExecutionStart {

    private final Database database;

    private final Partitions partitions;

    private final JobQueue queue;

    ExecutionStart(Database database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
        this.queue = new JobQueue(database);
    }

    /**
     * Starts one.
     * @throws Refusal.Missing where the policy has been deleted in the meantime
     */
    Execution start(Policy policy, String trigger, String startedBy) {
        long id = this.database.sql("SELECT nextval('execution_id_seq')").query(Long.class).single();
        // Before the transaction, so that nothing waits for a partition with locks in
        // hand.
        this.partitions.ensure(id);
        return this.database.inTransaction(() -> {
            Execution execution = insert(id, policy, trigger, startedBy);
            this.queue.discover(id);
            return execution;
        });
    }

    // KEY SHARE holds off the policy's deletion until this has committed; PolicyTable
    // then
    // sees the execution and refuses.
    private Execution insert(long id, Policy policy, String trigger, String startedBy) {
        return this.database.sql("""
                INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by)
                SELECT :id, p.id, :name, :policy::jsonb, 'pending', :trigger, :started_by
                FROM (SELECT id FROM policy WHERE id = :policy_id FOR KEY SHARE) p
                RETURNING *
                """)
            .param("id", id)
            .param("name", policy.name())
            .param("policy", PolicyJson.write(policy))
            .param("trigger", trigger)
            .param("started_by", startedBy)
            .param("policy_id", policy.id())
            .query(ExecutionTable::read)
            .optional()
            .orElseThrow(() -> new Refusal.Missing("policy", policy.id()));
    }

}
