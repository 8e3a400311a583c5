package transfer.pace;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import oci.model.StopSignal;
import oci.model.Waits;
import replication.bandwidth.Limited;

/**
 * The limits that one task keeps to. Bytes are asked for in all of them at once and pass
 * when all have granted them: nothing is held while another is waited for.
 *
 * @param buckets of what is limited now
 * @param limited what this task counts to
 */
public record Throttle(Map<Limited, TokenBucket> buckets, List<Limited> limited, StopSignal stop) {

    private static final int LEAST_PIECE = 512;

    private static final int MOST_PIECE = 128 * 1024;

    private static final int PIECES_A_SECOND = 8;

    /** Where there is a limit, each waits for a moment again and again. */
    private static final Duration LONG_TURN = Duration.ofSeconds(5);

    /** How late a waiter learns of a new rate. */
    private static final long LOOK_AGAIN_NANOS = 250_000_000;

    public Throttle {
        limited = List.copyOf(limited);
    }

    /** See {@link oci.limits.Pacer#most()}. */
    public int most() {
        return mine().mapToLong(TokenBucket::rate)
            .filter((rate) -> rate > 0)
            .mapToInt((rate) -> Math.clamp(rate / PIECES_A_SECOND, LEAST_PIECE, MOST_PIECE))
            .min()
            .orElse(Integer.MAX_VALUE);
    }

    /** See {@link oci.limits.Pacer#pass}. */
    public void pass(int bytes) {
        List<Turn> turns = mine().map((bucket) -> new Turn(bucket, bucket.ask(bytes))).toList();
        try {
            turns.forEach(this::await);
        }
        catch (StopSignal.Stopped ex) {
            turns.forEach((turn) -> turn.bucket.giveBack(bytes));
            throw ex;
        }
    }

    private Stream<TokenBucket> mine() {
        return this.buckets.isEmpty() ? Stream.empty()
                : this.limited.stream().map(this.buckets::get).filter(Objects::nonNull);
    }

    private void await(Turn turn) {
        if (turn.rest() <= 0) {
            return;
        }
        try (Waits.Wait _ = this.stop.waits().begin("waits for its share of the bandwidth", LONG_TURN)) {
            awaitShare(turn);
        }
    }

    private void awaitShare(Turn turn) {
        for (long rest = turn.rest(); rest > 0; rest = turn.rest()) {
            this.stop.pause(Duration.ofNanos(Math.min(rest, LOOK_AGAIN_NANOS)).plusMillis(1));
        }
    }

    private record Turn(TokenBucket bucket, long number) {

        long rest() {
            return this.bucket.until(this.number);
        }

    }

}
