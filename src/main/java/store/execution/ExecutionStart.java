package store.execution;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.ResourceType;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.state.Mode;
import replication.policy.Overlap;
import replication.policy.Policy;
import store.history.Partitions;
import store.notice.Outbox;
import store.policy.PolicyJson;
import store.sql.Changes;
import store.sql.Database;
import store.task.JobQueue;

/**
 * Starts an execution: writes its row and the job that discovers its tasks, both or
 * neither.
 * <p>
 * Safe on any number of nodes: the policy's row is locked first, so that the second of
 * two starts sees the first one's execution. The rows of its open executions are locked
 * as well, so that none of them ends before the decision. {@link WaitingExecutions} lets
 * an execution begin that waited for one that has ended.
 */
public final class ExecutionStart {

    private static final String EVENT = "event";

    private static final Caller BY_EVENT = new Caller(EVENT);

    private final Database database;

    private final Partitions partitions;

    private final JobQueue queue;

    private final ExecutionStop stop;

    private final Changes changes;

    private final Outbox outbox;

    public ExecutionStart(Database database, Partitions partitions) {
        this.database = database;
        this.partitions = partitions;
        this.queue = new JobQueue(database);
        this.stop = new ExecutionStop(database);
        this.changes = new Changes(database);
        this.outbox = new Outbox(database);
    }

    Execution start(Policy policy, String trigger, Caller caller, Mode mode) {
        long id = newId();
        return this.database.inTransaction(() -> within(id, policy, trigger, caller, mode));
    }

    /**
     * An id whose partitions exist. Called before the transaction, so that no lock is
     * held while a partition is made.
     */
    public long newId() {
        long id = this.database.sql("SELECT nextval('execution_id_seq')").query(Long.class).single();
        this.partitions.ensure(id);
        return id;
    }

    /** Inserts the policy and starts its execution, both or neither. */
    Execution once(Policy policy, Caller caller, Mode mode) {
        long id = newId();
        return this.database
            .inTransaction(() -> within(id, OneTimePolicies.insert(this.database, policy, id), "manual", caller, mode));
    }

    /**
     * Starts an execution within the caller's transaction; nothing is written if it is
     * refused.
     */
    public Execution within(long id, Policy policy, String trigger, Caller caller, Mode mode) {
        lock(policy);
        boolean waits = mode == Mode.APPLY && waits(policy, id, caller);
        Execution execution = insert(id, policy, trigger, caller, mode, waits);
        this.changes.execution(id, caller, "pending", (mode == Mode.PLAN) ? "a plan" : trigger);
        this.queue.discover(id);
        if (mode == Mode.APPLY) {
            this.outbox.started(id);
        }
        return execution;
    }

    /**
     * Starts an execution for items that events have named, or adds them to one that has
     * not begun, within the caller's transaction.
     * @param id the id of a new execution; null if none was expected to start
     * @return whether an execution was started, which {@link #tell} then announces
     * @throws NeedsId if an execution has to be started and there is no id
     */
    public boolean startOrExtend(@Nullable Long id, Policy policy, Set<Item> items) {
        lock(policy);
        List<Open> open = open(policy.id());
        Optional<Long> unbegun = unbegun(policy);
        long execution = unbegun.orElseGet(() -> startForEvents(id, policy, open));
        this.database.sql("""
                INSERT INTO execution_item AS e (execution_id, resource_type, repository, tag, deleted)
                SELECT :execution, type, repository, tag, bool_or(deleted)
                FROM unnest(:types::text[], :repositories::text[], :tags::text[], :deleted::boolean[])
                    AS i (type, repository, tag, deleted)
                GROUP BY type, repository, tag
                ON CONFLICT (execution_id, resource_type, repository, tag) DO UPDATE SET deleted = true
                WHERE excluded.deleted AND NOT e.deleted
                """)
            .param("execution", execution)
            .param("types", items.stream().map((item) -> item.resource().id()).toArray(String[]::new))
            .param("repositories", items.stream().map(Item::repository).toArray(String[]::new))
            .param("tags", items.stream().map(Item::tag).toArray(String[]::new))
            .param("deleted", items.stream().map(Item::deleted).toArray(Boolean[]::new))
            .update();
        this.queue.discover(execution);
        return unbegun.isEmpty();
    }

    private long startForEvents(@Nullable Long id, Policy policy, List<Open> open) {
        if (id == null) {
            throw new NeedsId(policy);
        }
        // The execution runs beside others, because a destination repository has only one
        // writer. A paused execution does not count: its pause may last for ever.
        long going = open.stream().filter((other) -> other.event() && !other.waiting() && !other.paused()).count();
        insert(id, policy, EVENT, BY_EVENT, Mode.APPLY, going >= WaitingExecutions.EVENTS_AT_ONCE);
        this.changes.execution(id, BY_EVENT, "pending", EVENT);
        return id;
    }

    /**
     * Whether the policy has an execution to which events can still be added. Without the
     * policy's lock the answer may be out of date.
     */
    public boolean hasUnbegun(Policy policy) {
        return unbegun(policy).isPresent();
    }

    // Its snapshot must equal the current policy, because other filters would lose an
    // item. It must have no task, because a task that is pending again after a pause or a
    // retry may have finished with the repository.
    private Optional<Long> unbegun(Policy policy) {
        return this.database.sql("""
                SELECT id FROM execution e
                WHERE policy_id = :policy AND trigger = :event AND state = 'pending' AND policy = :now::jsonb
                AND NOT EXISTS (SELECT FROM task t WHERE t.execution_id = e.id)
                ORDER BY id
                LIMIT 1
                """)
            .param("policy", policy.id())
            .param("event", EVENT)
            .param("now", PolicyJson.write(policy))
            .query(Long.class)
            .optional();
    }

    /**
     * Announces started executions. Called after the last policy is locked, because it
     * takes a lock that comes after theirs.
     */
    public void tell(List<Long> executionIds) {
        executionIds.forEach(this.outbox::started);
    }

    // This lock also delays the policy's deletion until the commit; PolicyTable then sees
    // the execution and refuses.
    private void lock(Policy policy) {
        if (this.database.sql("SELECT id FROM policy WHERE id = :id FOR NO KEY UPDATE")
            .param("id", policy.id())
            .query(Long.class)
            .optional()
            .isEmpty()) {
            throw new Refusal.Missing("policy", policy.id());
        }
    }

    private boolean waits(Policy policy, long id, Caller caller) {
        List<Open> open = open(policy.id());
        if (open.isEmpty()) {
            return false;
        }
        if (policy.scheduling().overlap() == Overlap.SKIP && open.stream().allMatch(Open::event)) {
            // An execution started by events is short, so the new one waits for it.
            return true;
        }
        return switch (policy.scheduling().overlap()) {
            case ALLOW -> false;
            case SKIP ->
                throw overlaps(policy, open.stream().filter((other) -> !other.event()).findFirst().orElseThrow(),
                        "is running, and the policy's overlap is skip");
            case QUEUE -> {
                open.stream().filter((other) -> other.waiting() && !other.event()).findFirst().ifPresent((waiting) -> {
                    throw overlaps(policy, waiting, "waits already, and the policy's overlap is queue");
                });
                yield true;
            }
            case REPLACE -> {
                open.forEach((old) -> this.stop.replace(old.id(), caller, id));
                yield !open(policy.id()).isEmpty();
            }
        };
    }

    private static Refusal.Conflict overlaps(Policy policy, Open open, String why) {
        return new Refusal.Conflict("execution %d of policy %s %s".formatted(open.id(), policy.name(), why));
    }

    private List<Open> open(long policyId) {
        return this.database.sql("""
                SELECT id, waiting, trigger, state FROM execution
                WHERE policy_id = :policy AND mode = 'apply' AND state IN ({execution open})
                ORDER BY id
                FOR NO KEY UPDATE
                """)
            .param("policy", policyId)
            .query((row, number) -> new Open(row.getLong("id"), row.getBoolean("waiting"),
                    EVENT.equals(row.getString("trigger")), "paused".equals(row.getString("state"))))
            .list();
    }

    private Execution insert(long id, Policy policy, String trigger, Caller caller, Mode mode, boolean waits) {
        return this.database
            .sql("""
                    INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, mode, priority,
                        waiting, status_text)
                    VALUES (:id, :policy_id, :name, CASE :mode WHEN 'plan' THEN :policy::jsonb - 'name' ELSE :policy::jsonb END,
                        'pending', :trigger, :started_by, :mode, :priority, :waiting,
                        CASE WHEN :waiting THEN 'waits for others of its policy to end' ELSE '' END)
                    RETURNING *
                    """)
            .param("id", id)
            .param("policy_id", policy.id())
            .param("name", policy.name())
            .param("policy", PolicyJson.write(policy))
            .param("trigger", trigger)
            .param("started_by", caller.name())
            .param("mode", mode.id())
            .param("priority", policy.scheduling().priority())
            .param("waiting", waits)
            .query(ExecutionTable::read)
            .single();
    }

    /**
     * A tag of a resource at the source.
     *
     * @param deleted whether the event reports its deletion
     */
    public record Item(ResourceType resource, String repository, String tag, boolean deleted) {
    }

    private record Open(long id, boolean waiting, boolean event, boolean paused) {
    }

    /** The execution that should take the items has begun: the caller starts over. */
    public static final class NeedsId extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NeedsId(Policy policy) {
            super("policy %s needs an execution".formatted(policy.name()), null, false, false);
        }

    }

}
