package metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast executions move bytes, by their rows of the last minute.
 * <p>
 * An artifact's bytes are counted when all of it has arrived, and reach its execution's
 * row within seconds. So this is the mean of what was finished within the last minute,
 * not the traffic of this moment: a layer that takes ten minutes shows as nine minutes at
 * zero and one with a peak. Bytes that were sent for a copy that failed, and blobs that
 * were mounted, do not count.
 */
final class Throughput {

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes the bytes of every execution that runs or ended within twice the window, and
     * returns bytes a second; all 0 at the first reading.
     */
    Map<Long, Double> rates(Instant now, Map<Long, Long> bytes) {
        this.samples.removeIf((sample) -> sample.at.isBefore(now.minus(WINDOW)));
        this.samples.add(new Sample(now, Map.copyOf(bytes)));
        Sample first = this.samples.getFirst();
        double seconds = Duration.between(first.at, now).toMillis() / 1000.0;
        Map<Long, Double> rates = new HashMap<>();
        // An execution that the first sample lacks has begun since. A count shrinks where
        // a task's end has corrected it.
        bytes.forEach((execution, sum) -> rates.put(execution,
                (seconds > 0) ? Math.max(0, sum - first.bytes.getOrDefault(execution, 0L)) / seconds : 0));
        return rates;
    }

    private record Sample(Instant at, Map<Long, Long> bytes) {
    }

}
