package replication.execution.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes a second within the last ten seconds. Used by one thread at a time. */
final class RateMeter {

    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes a count and returns the rate.
     * @param nanos of a clock that only goes forward
     * @param bytes never less than before
     */
    long rate(long nanos, long bytes) {
        this.samples.addLast(new Sample(nanos, bytes));
        while (this.samples.size() > 2 && nanos - this.samples.getFirst().nanos() > WINDOW) {
            this.samples.removeFirst();
        }
        Sample first = this.samples.getFirst();
        double seconds = (nanos - first.nanos()) / 1e9;
        return (seconds > 0) ? Math.round((bytes - first.bytes()) / seconds) : 0;
    }

    private record Sample(long nanos, long bytes) {
    }

}
