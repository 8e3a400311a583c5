package replication.execution.task;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import replication.ResourceType;
import replication.execution.state.TaskState;

/**
 * One resource of one execution, such as a repository of images.
 *
 * @param statusText one line that says why it ended, or what it waits for
 * @param hint advice that probably helps; empty if there is none
 * @param attempt how often it has been claimed
 * @param retryTime the earliest time of the next attempt; null unless it is retrying
 * @param startTime null before it was first claimed
 * @param endTime null before its end
 * @param artifacts while it is running, at most about a second old
 * @param progress null unless it is running
 */
public record Task(TaskKey key, ResourceType resource, String source, String destination, TaskState state,
        String statusText, String hint, int attempt, @Nullable Instant retryTime, @Nullable Instant startTime,
        @Nullable Instant endTime, Counts artifacts, @Nullable Progress progress) {
}
