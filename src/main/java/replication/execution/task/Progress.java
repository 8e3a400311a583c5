package replication.execution.task;

import org.jspecify.annotations.Nullable;

/**
 * How far a running task is.
 *
 * @param artifacts what has become of them so far; the bytes are those of all attempts
 * @param rate bytes a second, of late
 * @param remaining bytes still to be sent; null where that is not known
 * @param waits what is waited for; empty where nothing is
 */
public record Progress(Counts artifacts, long rate, @Nullable Long remaining, String waits) {

    /** Of one that waits for nothing. */
    public Progress(Counts artifacts, long rate, @Nullable Long remaining) {
        this(artifacts, rate, remaining, "");
    }

    /** Seconds that the rest takes at this rate; null where nobody can tell. */
    public static @Nullable Long eta(long rate, @Nullable Long remaining) {
        if (remaining == null || (rate == 0 && remaining > 0)) {
            return null;
        }
        return (remaining == 0) ? 0 : Math.ceilDiv(remaining, rate);
    }

}
