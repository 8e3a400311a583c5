package oci.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import oci.model.CarriedFailure;
import oci.model.Rates;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many requests go to one host for one account at a time, by what a request
 * weighs. The limit follows {@link AdaptiveConcurrency}; while the host asks to wait,
 * every request waits.
 */
public final class ConcurrencyLimit {

    private static final int FEW = 4;

    /**
     * The longest wait that a host's answer can impose; a host may recover earlier than
     * it said.
     */
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** Shorter waits are normal while much is copied and are not shown. */
    private static final Duration LONG_TURN = Duration.ofSeconds(10);

    private final Permits small;

    private final Permits reads;

    private final Permits writes;

    private final AdaptiveConcurrency pace = new AdaptiveConcurrency(System::nanoTime);

    /** By {@link System#nanoTime()}: no request is sent before. */
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    private final RequestTurns turns = new RequestTurns();

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

    /** The current limits. */
    synchronized LimitSizes sizes() {
        return this.now;
    }

    /**
     * Waits for a permit, and until the host may be asked again.
     * @param host as messages name it
     * @param doing what messages begin with
     * @param patience the longest wait
     * @throws RegistryFailure.RateLimited where the host asks for a longer wait, with its
     * length
     */
    public Permits.Permit acquire(Lane lane, String host, String doing, Duration patience, StopSignal stop) {
        Permits.Permit permit = turn(lane, host, stop);
        try {
            pauseWhileHeld(host, doing, patience, stop);
            return permit;
        }
        catch (RuntimeException | Error ex) {
            permit.close();
            throw ex;
        }
    }

    private void pauseWhileHeld(String host, String doing, Duration patience, StopSignal stop) {
        for (long wait = held(); wait > 0; wait = held()) {
            Duration left = Duration.ofNanos(wait).plusMillis(1);
            if (left.compareTo(patience) > 0) {
                throw new RegistryFailure.RateLimited(
                        "%s: %s wants to be asked again in %d s, not before".formatted(doing, host, left.toSeconds()),
                        left);
            }
            try (Waits.Wait _ = stop.waits()
                .begin("waits for %s, which wants to be asked again at %s".formatted(host, Waits.time(left)),
                        Duration.ZERO)) {
                stop.pause(left);
            }
        }
    }

    RequestTurns turns() {
        return this.turns;
    }

    /**
     * Waits until a request may start by the rates of its host.
     * @param kind what it does
     * @throws RegistryFailure.RateLimited where the wait would be longer than patience
     */
    public void awaitTurn(Rates.Kind kind, String host, String doing, Duration patience, StopSignal stop) {
        if (this.turns.unlimited()) {
            return;
        }
        Duration left = this.turns.take(kind);
        try (Waits.Wait _ = stop.waits()
            .begin("waits for its turn at %s, whose requests a second are limited".formatted(host), LONG_TURN)) {
            if (left.compareTo(patience) > 0) {
                throw new RegistryFailure.RateLimited(
                        "%s: so many requests wait for %s, whose requests a second are limited, that this one's turn is in %d s"
                            .formatted(doing, host, left.toSeconds()),
                        left);
            }
            stop.pause(left);
        }
        catch (RuntimeException ex) {
            this.turns.leave(kind);
            throw ex;
        }
        if (!left.isZero()) {
            pauseWhileHeld(host, doing, patience, stop);
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

    /** Whether no permit is held or awaited and the host has not asked to wait. */
    boolean idle() {
        return this.small.held() + this.reads.held() + this.writes.held() == 0 && !awaited() && held() <= 0;
    }

    private long held() {
        return this.notBefore.get() - System.nanoTime();
    }

    /** Records an answer, whatever its status, and how long it took. */
    public void answered(Lane lane, String method, int status, long nanos) {
        if (status == 429 || status == 503) {
            this.pace.objected(nanos);
        }
        else if (lane != Lane.WRITE) {
            // The duration of a write depends on its size and says nothing about the
            // host.
            // More at once would only wait for the rate.
            boolean wanted = awaited() && this.turns.unlimited();
            this.pace.answered(method + lane, nanos, of(lane).size(), wanted);
        }
        adjust();
    }

    /** Records a request without an answer. */
    public void failed(IOException failure, long nanos) {
        if (!(failure instanceof CarriedFailure)) {
            this.pace.broke(nanos);
            adjust();
        }
    }

    /**
     * Records how many requests the host still allows. The requests under way may use
     * that up; then no more are sent until the limit resets.
     * @param patience the longest wait; a task that would have to wait longer fails for
     * now
     * @return whether the host says this for the first time
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

    /** The host's last statement; empty where it made none. */
    Optional<RateLimit> quota() {
        return Optional.ofNullable(this.quota);
    }

    private boolean awaited() {
        return this.small.awaited() || this.reads.awaited() || this.writes.awaited();
    }

    /** Holds all requests back for a time, at most an hour. */
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
