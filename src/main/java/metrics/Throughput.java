package metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast executions move bytes, from what their rows said within the last minute.
 * <p>
 * An artifact's bytes are written down when all of it has arrived, and gathered into its
 * execution's row within seconds. So this is the mean over the last minute of what was
 * finished, not what is on the wire at this moment: a layer of ten minutes shows as nine
 * minutes of nothing and one of much. Bytes that were sent for a copy that failed, and
 * blobs that were mounted, do not count.
 */
final class Throughput {

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes the bytes of every execution that goes on or ended within twice the window,
     * and returns bytes a second. All 0 where nothing earlier is known to compare with.
     */
    Map<Long, Double> rates(Instant now, Map<Long, Long> bytes) {
        this.samples.removeIf((sample) -> sample.at.isBefore(now.minus(WINDOW)));
        this.samples.add(new Sample(now, Map.copyOf(bytes)));
        Sample first = this.samples.getFirst();
        double seconds = Duration.between(first.at, now).toMillis() / 1000.0;
        Map<Long, Double> rates = new HashMap<>();
        // One that was not there at first has begun since. A count that shrinks has been
        // corrected at its task's end.
        bytes.forEach((execution, sum) -> rates.put(execution,
                (seconds > 0) ? Math.max(0, sum - first.bytes.getOrDefault(execution, 0L)) / seconds : 0));
        return rates;
    }

    private record Sample(Instant at, Map<Long, Long> bytes) {
    }

}
