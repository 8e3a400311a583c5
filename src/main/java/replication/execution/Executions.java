package replication.execution;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import oci.model.Reason;
import replication.Page;
import replication.PageRequest;
import replication.ResourceType;
import replication.access.Caller;
import replication.execution.state.Mode;
import replication.policy.Policy;

/**
 * The executions in the database. A change is durable when its method returns.
 */
public interface Executions {

    /**
     * Writes an execution with a snapshot of its policy and, in the same transaction, the
     * job that discovers its tasks. Whether it begins at once, waits, replaces or is
     * refused while another of the policy goes on is decided under a lock, by the
     * policy's overlap. A plan begins at once and keeps no other waiting.
     * @throws replication.Refusal.Conflict where another goes on and none may be added
     * @throws replication.Refusal.Missing where the policy has been deleted
     */
    Execution start(Policy policy, String trigger, Caller caller, Mode mode);

    /**
     * Starts a policy that runs once: it is saved with the execution, is in no list and
     * goes when the execution has ended.
     */
    Execution once(Policy policy, Caller caller, Mode mode);

    Optional<Execution> find(long id);

    /** Newest first; {@link PageRequest#after()} is the last id seen. */
    Page<Execution> list(ExecutionQuery query, PageRequest page);

    /**
     * Deletes one that has ended, with its tasks and their logs. What it put where is
     * still known.
     * @throws replication.Refusal.Missing where there is none
     * @throws replication.Refusal.Conflict where it goes on
     */
    void delete(long id);

    /** The policy as it stood when the execution started. */
    Optional<Policy> snapshot(long id);

    /**
     * Takes a pending execution to running.
     * @return false where there is nothing to discover any more: it was stopped, or has
     * been discovered
     */
    boolean beginDiscovery(long id);

    /** The resources that an execution is limited to; empty for all. */
    Map<ResourceType, Set<String>> namedResources(long id);

    /** Which of these are running and still to be discovered. */
    Set<Long> discovering(Set<Long> ids);

    /** Gives an execution that is still to be discovered its job, if it has none. */
    void ensureDiscovery(long id);

    /** All tasks have been written. */
    default void endDiscovery(long id) {
        endDiscovery(id, "");
    }

    /**
     * All tasks of what the source could tell have been written; such an execution does
     * not succeed.
     * @param lacks what its list lacked; empty where it was whole
     */
    void endDiscovery(long id, String lacks);

    /**
     * Discovery cannot go on at this moment: the execution says why, and comes again when
     * {@link #ensureDiscovery} is asked.
     * @return false where that has been so for long enough, and nothing is changed
     */
    boolean putOff(long id, Reason why);

    /**
     * Discovery cannot go on; nothing is changed where the execution has ended, or
     * another node discovers or has discovered it.
     */
    void fail(long id, Reason why);

}
