package replication.execution.task;

import java.time.Duration;

import oci.model.Reason;
import replication.execution.state.TaskState;

/**
 * The end of an attempt, as its owner reports it.
 *
 * @param state {@code retrying} if a later attempt may succeed; the owner does not decide
 * whether there is one
 * @param why empty if there is nothing to say
 * @param unchanged how many artifacts were found equal
 * @param retryAfter how long a registry asks to wait before a later attempt
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

    /** The same end for a repository that the source does not have. */
    public TaskEnd ofMissing() {
        return new TaskEnd(this.state, this.why, this.unchanged, this.retryAfter, true);
    }

    /** The word for the task's log. */
    public String word() {
        return (this.state == TaskState.RETRYING) ? "failed for now" : this.state.id();
    }

}
