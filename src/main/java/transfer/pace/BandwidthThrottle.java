package transfer.pace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import oci.limits.PacedStream;
import oci.model.StopSignal;
import oci.model.Waits;
import replication.bandwidth.Bandwidths;
import replication.bandwidth.Limit;
import replication.bandwidth.Limited;
import replication.execution.copy.TransferOrder;

/**
 * This node's part of all limits of bandwidth. There is one for the process. A byte
 * counts once, wherever it is read and written; a byte that is not sent does not count.
 */
public final class BandwidthThrottle {

    private final Bandwidths bandwidths;

    private final Clock clock;

    private final LongSupplier nanoTime;

    /** The buckets of the current limits. */
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
                // Those who wait in the bucket go on.
                entry.getValue().rate(0);
            }
            return free;
        });
    }

    /** The limits that a task keeps to. */
    public Share of(TransferOrder order) {
        if (order.executionId() > this.newest) {
            begin(order.executionId());
        }
        Stream<Limited> limited = Stream.of(new Limited.Everything(), new Limited.ByPolicy(order.policy().id()),
                new Limited.ByRegistry(order.source().id()), new Limited.ByRegistry(order.destination().id()));
        return new Share(this.buckets, limited.distinct().toList(), order.stop());
    }

    // A limit that was set before an execution started holds from its first byte.
    private synchronized void begin(long executionId) {
        if (executionId > this.newest) {
            refresh();
            this.newest = executionId;
        }
    }

    /**
     * The limits that one task keeps to. Bytes are requested from all of them at once and
     * pass when all have granted them, so that no share is held while another is awaited.
     *
     * @param buckets of the current limits
     * @param limited what this task counts to
     */
    public record Share(Map<Limited, TokenBucket> buckets, List<Limited> limited, StopSignal stop) {

        private static final int LEAST_PIECE = 512;

        private static final int MOST_PIECE = 128 * 1024;

        private static final int PIECES_A_SECOND = 8;

        /** Shorter waits are normal under a limit and are not shown. */
        private static final Duration LONG_TURN = Duration.ofSeconds(5);

        /** How late a waiter learns of a new rate. */
        private static final long LOOK_AGAIN_NANOS = 250_000_000;

        public Share {
            limited = List.copyOf(limited);
        }

        /** See {@link PacedStream.Pacer#most()}. */
        int most() {
            return mine().mapToLong(TokenBucket::rate)
                .filter((rate) -> rate > 0)
                .mapToInt((rate) -> Math.clamp(rate / PIECES_A_SECOND, LEAST_PIECE, MOST_PIECE))
                .min()
                .orElse(Integer.MAX_VALUE);
        }

        /** See {@link PacedStream.Pacer#pass}. */
        void pass(int bytes) {
            List<Reservation> reservations = mine().map((bucket) -> new Reservation(bucket, bucket.ask(bytes)))
                .toList();
            try {
                reservations.forEach(this::await);
            }
            catch (StopSignal.Stopped ex) {
                reservations.forEach((reservation) -> reservation.bucket.giveBack(bytes));
                throw ex;
            }
        }

        /**
         * Keeps the bytes of a blob to these limits.
         * @param passed is told of the bytes that have passed
         */
        public PacedStream.Pacer counting(IntConsumer passed) {
            return new PacedStream.Pacer() {

                @Override
                public int most() {
                    return Share.this.most();
                }

                @Override
                public void pass(int bytes) {
                    Share.this.pass(bytes);
                    passed.accept(bytes);
                }
            };
        }

        private Stream<TokenBucket> mine() {
            return this.buckets.isEmpty() ? Stream.empty()
                    : this.limited.stream().map(this.buckets::get).filter(Objects::nonNull);
        }

        private void await(Reservation reservation) {
            if (reservation.remaining() <= 0) {
                return;
            }
            try (Waits.Wait _ = this.stop.waits().begin("waits for its share of the bandwidth", LONG_TURN)) {
                awaitShare(reservation);
            }
        }

        private void awaitShare(Reservation reservation) {
            for (long nanos = reservation.remaining(); nanos > 0; nanos = reservation.remaining()) {
                this.stop.pause(Duration.ofNanos(Math.min(nanos, LOOK_AGAIN_NANOS)).plusMillis(1));
            }
        }

        private record Reservation(TokenBucket bucket, long number) {

            long remaining() {
                return this.bucket.until(this.number);
            }

        }

    }

}
