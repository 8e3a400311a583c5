package replication.execution.task;

import java.time.Duration;

import oci.model.Reason;
import replication.execution.state.TaskState;

/**
 * How an attempt at a task ended, as its owner sees it.
 *
 * @param state {@code retrying} where a later attempt may succeed; whether there is one
 * is not the owner's to say
 * @param why empty where there is nothing to say
 * @param unchanged how many artifacts were found equal
 * @param retryAfter how long a registry asks to wait with a later attempt
 * @param missing whether the policy names this repository and the source does not have
 * it, or hides it
 */
public record TaskEnd(TaskState state, Reason why, long unchanged, Duration retryAfter, boolean missing) {

    public TaskEnd(TaskState state, Reason why, long unchanged, Duration retryAfter) {
        this(state, why, unchanged, retryAfter, false);
    }

    public TaskEnd(TaskState state, Reason why, long unchanged) {
        this(state, why, unchanged, Duration.ZERO);
    }

    public TaskEnd(TaskState state, String statusText, long unchanged) {
        this(state, new Reason(statusText), unchanged);
    }

    /** The same end, of a repository that the source does not have. */
    public TaskEnd ofMissing() {
        return new TaskEnd(this.state, this.why, this.unchanged, this.retryAfter, true);
    }

    /** For the task's log. */
    public String word() {
        return (this.state == TaskState.RETRYING) ? "failed for now" : this.state.id();
    }

}
