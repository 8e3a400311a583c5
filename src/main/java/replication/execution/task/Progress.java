package replication.execution.task;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a running task.
 *
 * @param artifacts by their outcomes so far; the bytes are those of all attempts
 * @param rate bytes a second over the last ten seconds
 * @param remaining bytes still to be sent; null if the number is not known
 * @param waits what the task waits for; empty if it does not wait
 */
public record Progress(Counts artifacts, long rate, @Nullable Long remaining, String waits) {

    /** The progress of a task that does not wait. */
    public Progress(Counts artifacts, long rate, @Nullable Long remaining) {
        this(artifacts, rate, remaining, "");
    }

    /** Seconds that the rest takes at this rate; null if the remainder is not known. */
    public static @Nullable Long eta(long rate, @Nullable Long remaining) {
        if (remaining == null || (rate == 0 && remaining > 0)) {
            return null;
        }
        return (remaining == 0) ? 0 : Math.ceilDiv(remaining, rate);
    }

}
