package oci.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import oci.model.CarriedFailure;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one host and account, by what a request weighs. Their number follows the
 * host's {@link AdaptiveConcurrency}; where the host asks to wait, all do.
 */
public final class ConcurrencyLimit {

    private static final int FEW = 4;

    /** A host that is well again before it said so is found out by then. */
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** Where much is copied, each waits for a moment now and then. */
    private static final Duration LONG_TURN = Duration.ofSeconds(10);

    private final Permits small;

    private final Permits reads;

    private final Permits writes;

    private final AdaptiveConcurrency pace = new AdaptiveConcurrency(System::nanoTime);

    /** By {@link System#nanoTime()}: nobody asks before. */
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    private volatile @Nullable RateLimit quota;

    private LimitSizes share;

    private LimitSizes now;

    ConcurrencyLimit(LimitSizes sizes) {
        this.small = new Permits(sizes.small());
        this.reads = new Permits(sizes.reads());
        this.writes = new Permits(sizes.writes());
        this.share = sizes;
        this.now = sizes;
    }

    synchronized void resize(LimitSizes sizes) {
        this.share = sizes;
        adjust();
    }

    private synchronized void adjust() {
        LimitSizes wanted = this.share.times(this.pace.factor());
        if (!wanted.equals(this.now)) {
            this.small.resize(wanted.small());
            this.reads.resize(wanted.reads());
            this.writes.resize(wanted.writes());
            this.now = wanted;
        }
    }

    /** How much is asked at once at this moment. */
    synchronized LimitSizes sizes() {
        return this.now;
    }

    /**
     * Waits for a permit, and until the host wants to be asked again.
     * @param host how messages call it
     * @param doing how messages begin
     * @param patience nobody waits here for longer
     * @throws RegistryFailure.RateLimited where that would be longer, saying how long
     */
    public Permits.Permit acquire(Lane lane, String host, String doing, Duration patience, StopSignal stop) {
        Permits.Permit permit = turn(lane, host, stop);
        try {
            for (long wait = held(); wait > 0; wait = held()) {
                Duration left = Duration.ofNanos(wait).plusMillis(1);
                if (left.compareTo(patience) > 0) {
                    throw new RegistryFailure.RateLimited("%s: %s wants to be asked again in %d s, not before"
                        .formatted(doing, host, left.toSeconds()), left);
                }
                try (Waits.Wait _ = stop.waits()
                    .begin("waits for %s, which wants to be asked again at %s".formatted(host, Waits.time(left)),
                            Duration.ZERO)) {
                    stop.pause(left);
                }
            }
            return permit;
        }
        catch (RuntimeException | Error ex) {
            permit.close();
            throw ex;
        }
    }

    private Permits.Permit turn(Lane lane, String host, StopSignal stop) {
        try (Waits.Wait _ = stop.waits()
            .begin("waits for its turn at %s, which is asked no more at once".formatted(host), LONG_TURN)) {
            return of(lane).acquire(stop);
        }
    }

    /**
     * A permit to read a part of a blob, where few blobs are read and the host may be
     * asked now: many at once fill the line without that.
     */
    public Optional<Permits.Permit> spareRead() {
        return (held() > 0) ? Optional.empty() : this.reads.spare(FEW);
    }

    /** Whether nobody asks or is to wait. */
    boolean idle() {
        return this.small.held() + this.reads.held() + this.writes.held() == 0 && !awaited() && held() <= 0;
    }

    private long held() {
        return this.notBefore.get() - System.nanoTime();
    }

    /** An answer has come, whatever it says, so long after its request. */
    public void answered(Lane lane, String method, int status, long nanos) {
        if (status == 429 || status == 503) {
            this.pace.objected(nanos);
        }
        else if (lane != Lane.WRITE) {
            // How long a write takes is a matter of its size.
            this.pace.answered(method + lane, nanos, of(lane).size(), awaited());
        }
        adjust();
    }

    /** No answer has come. */
    public void failed(IOException failure, long nanos) {
        if (!(failure instanceof CarriedFailure)) {
            this.pace.broke(nanos);
            adjust();
        }
    }

    /**
     * The host has said how much it still allows. What is under way may use that up: then
     * nothing more is asked until there is more.
     * @param patience for longer nobody waits here: a refusal, should it come, ends the
     * task for now
     * @return whether that has not been said before
     */
    public boolean allowed(RateLimit limit, Duration patience) {
        boolean first = this.quota == null;
        this.quota = limit;
        int held = this.small.held() + this.reads.held() + this.writes.held();
        if (limit.left() < held) {
            limit.reset().filter((wait) -> wait.compareTo(patience) <= 0).ifPresent(this::hold);
        }
        return first;
    }

    /** What the host last said; empty where it never did. */
    Optional<RateLimit> quota() {
        return Optional.ofNullable(this.quota);
    }

    private boolean awaited() {
        return this.small.awaited() || this.reads.awaited() || this.writes.awaited();
    }

    /** The host asks all to wait so long; an hour is believed. */
    public void hold(Duration wait) {
        Duration believed = (wait.compareTo(LONGEST_HOLD) < 0) ? wait : LONGEST_HOLD;
        long until = System.nanoTime() + believed.toNanos();
        this.notBefore.accumulateAndGet(until, (before, later) -> (later - before > 0) ? later : before);
    }

    private Permits of(Lane lane) {
        return switch (lane) {
            case SMALL -> this.small;
            case READ, READ_ON -> this.reads;
            case WRITE -> this.writes;
        };
    }

}
