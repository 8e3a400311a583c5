package replication.execution.task;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import replication.ResourceType;
import replication.execution.state.TaskState;

/**
 * One resource of one execution, such as a repository of images.
 *
 * @param statusText one line that says why it ended as it did, or what it waits for
 * @param hint what likely helps; empty if that is not known
 * @param attempt how often it has been claimed
 * @param retryTime when it is tried again at the earliest; null unless it is retrying
 * @param startTime null before it was first claimed
 * @param endTime null while it goes on
 * @param artifacts while it is running, as it was a second ago
 * @param progress null unless it is running
 */
public record Task(TaskKey key, ResourceType resource, String source, String destination, TaskState state,
        String statusText, String hint, int attempt, @Nullable Instant retryTime, @Nullable Instant startTime,
        @Nullable Instant endTime, Counts artifacts, @Nullable Progress progress) {
}
