package replication.execution;

import java.time.Duration;

/**
 * How an attempt at a task ended, as its owner sees it.
 *
 * @param state {@code retrying} where a later attempt may succeed; whether there is one
 * is not the owner's to say
 * @param statusText one line that says why; empty where there is nothing to say
 * @param unchanged how many artifacts were found equal
 * @param retryAfter how long a registry asks to wait with a later attempt
 */
record TaskEnd(TaskState state, String statusText, long unchanged, Duration retryAfter) {

    TaskEnd(TaskState state, String statusText, long unchanged) {
        this(state, statusText, unchanged, Duration.ZERO);
    }

    /** For the task's log. */
    String word() {
        return (this.state == TaskState.RETRYING) ? "failed for now" : this.state.id();
    }

}
