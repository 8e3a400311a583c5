package replication.execution;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that was done to an execution or a task.
 *
 * @param task null where it is the whole execution
 * @param who a user, or {@code drayage}
 * @param state in which it has been since then, by the API's name
 * @param why one line; empty where the state says it all
 */
public record ExecutionChange(Instant time, @Nullable Long task, String who, String state, String why) {
}
