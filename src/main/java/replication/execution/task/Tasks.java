package replication.execution.task;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;
import replication.ResourceType;
import replication.execution.state.TaskState;

/** The tasks in the database: the backlog and the state of each task. */
public interface Tasks {

    /**
     * Adds new tasks; discovery may find known ones again after a crash. If another
     * repository of this execution has the same destination already, the task is added as
     * failed.
     */
    void add(long executionId, List<PlannedTask> planned);

    /** Moves the next tasks from the backlog into the queue and returns their number. */
    int dispatch();

    /**
     * Claims a queued task, or one of a dead node; empty if there is nothing left to do.
     */
    Optional<ClaimedTask> claim(TaskKey key);

    /** A running task, as the holder of this attempt claimed it. */
    Optional<ClaimedTask> held(TaskKey key, int attempt);

    /**
     * Ends an attempt with the counts of its rows. An attempt that was stopped without a
     * request goes back to the backlog, or is paused if that was requested. A task that
     * is retrying waits for its next attempt, or fails after the last one.
     * @throws LostClaim if the claim no longer holds; nothing is written
     */
    void finish(Claim claim, TaskEnd end);

    /** Ends an attempt with no wish to wait before the next one. */
    default void finish(Claim claim, TaskState end, String statusText, long unchanged) {
        finish(claim, new TaskEnd(end, statusText, unchanged));
    }

    /**
     * The tasks of this node that are to stop, because an operator stopped or paused them
     * or another node has taken them.
     */
    List<Claim> toStop(List<Claim> running);

    /**
     * Those of the stopping tasks that this node still owns and that no node is to
     * continue.
     * @param stopping some of {@link #toStop}
     */
    List<Claim> stoppedForGood(List<Claim> stopping);

    /**
     * Tasks in the order of their discovery; {@link PageRequest#after()} is the last task
     * id seen.
     */
    Page<Task> list(TaskQuery query, PageRequest page);

    Optional<Task> find(TaskKey key);

    /**
     * A query for the tasks of an execution.
     *
     * @param state null for any
     * @param resource null for any
     */
    record TaskQuery(long executionId, @Nullable TaskState state, @Nullable ResourceType resource) {
    }

}
