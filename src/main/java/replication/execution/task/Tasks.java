package replication.execution.task;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;
import replication.ResourceType;
import replication.execution.state.TaskState;

/** The tasks in the database: the backlog and the state of each. */
public interface Tasks {

    /**
     * Adds tasks that are not there yet; discovery may find them again after a crash. A
     * repository that maps to a destination which another of this execution has taken is
     * added as failed.
     */
    void add(long executionId, List<PlannedTask> planned);

    /** Moves the next tasks from the backlog into the queue. Returns how many. */
    int dispatch();

    /**
     * Takes a queued task, or one of a dead node; empty where there is nothing left to
     * do.
     */
    Optional<ClaimedTask> claim(TaskKey key);

    /** A running task as the holder of this attempt claimed it. */
    Optional<ClaimedTask> held(TaskKey key, int attempt);

    /**
     * Ends an attempt with the counts of its rows. An attempt that was stopped although
     * nobody asked to stop the task is given back to the backlog, or paused if that was
     * asked for. A task that is retrying waits for its next attempt, or has failed after
     * the last one.
     * @throws LostClaim where the claim no longer holds; nothing is written
     */
    void finish(Claim claim, TaskEnd end);

    /** Ends an attempt without asking to wait before the next one. */
    default void finish(Claim claim, TaskState end, String statusText, long unchanged) {
        finish(claim, new TaskEnd(end, statusText, unchanged));
    }

    /**
     * The tasks of this node that are to stop, because an operator stopped or paused them
     * or another node has taken them.
     */
    List<Claim> toStop(List<Claim> running);

    /**
     * Those of them that are still this node's and that no node is to take up again.
     * @param stopping some of {@link #toStop}
     */
    List<Claim> stoppedForGood(List<Claim> stopping);

    /**
     * Tasks in the order in which they were found; {@link PageRequest#after()} is the
     * last task id seen.
     */
    Page<Task> list(TaskQuery query, PageRequest page);

    Optional<Task> find(TaskKey key);

    /**
     * Which tasks of an execution are asked for.
     *
     * @param state null for any
     * @param resource null for any
     */
    record TaskQuery(long executionId, @Nullable TaskState state, @Nullable ResourceType resource) {
    }

}
