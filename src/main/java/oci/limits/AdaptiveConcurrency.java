package oci.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Adapts the number of concurrent requests to a host, as a factor on its limits. The
 * factor grows while requests wait for a permit and answers do not slow down (it doubles
 * each round trip until the host first objects, later by one request a round trip),
 * halves when the host says that it is too much, and shrinks by a tenth while answers
 * slow down.
 */
public final class AdaptiveConcurrency {

    /** Of the limits at most. */
    public static final double MOST = 8;

    /** Of the limits at least, but each lane keeps a permit. */
    private static final double LEAST = 1.0 / 64;

    private static final double LESS = 0.9;

    private final LongSupplier nanoTime;

    private final Map<String, Latency> latencies = new HashMap<>();

    private double factor = 1;

    private boolean doubling = true;

    private long lastChange;

    /**
     * For one host and account.
     * @param nanoTime like {@link System#nanoTime()}
     */
    AdaptiveConcurrency(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastChange = nanoTime.getAsLong();
    }

    synchronized double factor() {
        return this.factor;
    }

    /**
     * An answer has come.
     * @param kind of request; different kinds take different times
     * @param nanos from the request to the head of its answer
     * @param limit how many requests of its lane go at once
     * @param wanted whether somebody waits for a permit
     */
    synchronized void answered(String kind, long nanos, int limit, boolean wanted) {
        long now = this.nanoTime.getAsLong();
        Latency latency = this.latencies.computeIfAbsent(kind, (_) -> new Latency());
        latency.add(nanos, now);
        if (latency.far()) {
            // Never below the limits themselves: a host that is slow has not objected.
            easeOff(now, latency);
        }
        else if (wanted && !latency.rising()) {
            double permit = this.factor / limit;
            this.factor = Math.min(MOST, this.factor + (this.doubling ? permit : permit / limit));
        }
    }

    private void easeOff(long now, Latency latency) {
        if (this.factor > 1 && now - this.lastChange > latency.smoothed()) {
            slowTo(Math.max(1, this.factor * LESS), now);
        }
    }

    /**
     * The host says that it is too much.
     * @param nanos from the request to the answer: one that went out before the last
     * change objects to what was before
     */
    synchronized void objected(long nanos) {
        long now = this.nanoTime.getAsLong();
        if (now - nanos - this.lastChange >= 0) {
            slowTo(Math.max(LEAST, this.factor / 2), now);
        }
    }

    /**
     * A connection broke. That may be the line's fault and not the host's, so it takes
     * back no more than what the host was asked beyond its limits.
     */
    synchronized void broke(long nanos) {
        long now = this.nanoTime.getAsLong();
        if (this.factor > 1 && now - nanos - this.lastChange >= 0) {
            slowTo(Math.max(1, this.factor / 2), now);
        }
    }

    private void slowTo(double less, long now) {
        this.factor = less;
        this.doubling = false;
        this.lastChange = now;
    }

    /** How long answers of one kind take: at best of late, and as they do now. */
    private static final class Latency {

        private static final long WINDOW = 15_000_000_000L;

        private static final double WEIGHT = 0.1;

        private static final long SLACK = 5_000_000;

        private double smoothed;

        private long best = Long.MAX_VALUE;

        private long bestBefore = Long.MAX_VALUE;

        private long windowEnd;

        void add(long nanos, long now) {
            if (this.best == Long.MAX_VALUE) {
                this.smoothed = nanos;
                this.windowEnd = now + WINDOW;
            }
            else if (now - this.windowEnd > 0) {
                this.bestBefore = this.best;
                this.best = nanos;
                this.windowEnd = now + WINDOW;
            }
            this.best = Math.min(this.best, nanos);
            this.smoothed += (nanos - this.smoothed) * WEIGHT;
        }

        double smoothed() {
            return this.smoothed;
        }

        boolean rising() {
            return this.smoothed > 1.5 * baseline() + SLACK;
        }

        boolean far() {
            return this.smoothed > 3.0 * baseline() + 4 * SLACK;
        }

        private long baseline() {
            return Math.min(this.best, this.bestBefore);
        }

    }

}
