package transfer.pace;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import replication.bandwidth.Bandwidths;
import replication.bandwidth.Limit;
import replication.bandwidth.Limited;
import replication.execution.copy.TransferOrder;

/**
 * This node's part of all limits of bandwidth. One for the whole process. Bytes count
 * once, wherever they are read and written; what is not sent counts nothing.
 */
public final class BandwidthThrottle {

    private final Bandwidths bandwidths;

    private final Clock clock;

    private final LongSupplier nanoTime;

    /** Of what is limited at this moment. */
    private final Map<Limited, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** The newest execution whose beginning has refreshed the limits. */
    private volatile long newest;

    public BandwidthThrottle(Bandwidths bandwidths, Clock clock) {
        this(bandwidths, clock, System::nanoTime);
    }

    BandwidthThrottle(Bandwidths bandwidths, Clock clock, LongSupplier nanoTime) {
        this.bandwidths = bandwidths;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads what is limited by now and how many nodes share it. To be called every few
     * seconds.
     */
    public synchronized void refresh() {
        Instant now = this.clock.instant();
        Map<Limited, Long> shares = new HashMap<>();
        for (Limit limit : this.bandwidths.limits()) {
            if (limit.share(now) > 0) {
                shares.put(limit.what(), limit.share(now));
            }
        }
        shares.forEach(
                (what, share) -> this.buckets.computeIfAbsent(what, (_) -> new TokenBucket(this.nanoTime)).rate(share));
        this.buckets.entrySet().removeIf((entry) -> {
            boolean free = !shares.containsKey(entry.getKey());
            if (free) {
                // For those who wait in it.
                entry.getValue().rate(0);
            }
            return free;
        });
    }

    /** What a task keeps to. */
    public Throttle of(TransferOrder order) {
        if (order.executionId() > this.newest) {
            begin(order.executionId());
        }
        Stream<Limited> limited = Stream.of(new Limited.Everything(), new Limited.ByPolicy(order.policy().id()),
                new Limited.ByRegistry(order.source().id()), new Limited.ByRegistry(order.destination().id()));
        return new Throttle(this.buckets, limited.distinct().toList(), order.stop());
    }

    // What was limited before an execution started is so from its first byte on.
    private synchronized void begin(long executionId) {
        if (executionId > this.newest) {
            refresh();
            this.newest = executionId;
        }
    }

}
