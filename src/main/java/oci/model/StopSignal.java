package oci.model;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Tells everything that works on one task to end at once. The code that opens a stream
 * registers how to close it; {@link #stop()} closes all streams from outside, also those
 * that hang.
 */
public final class StopSignal {

    private static final long UNSURE_NANOS = 20_000_000;

    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();

    private final BooleanSupplier sure;

    private volatile boolean stopped;

    private volatile boolean comesBack;

    private volatile Waits waits = Waits.UNTOLD;

    public StopSignal() {
        this(() -> true);
    }

    /**
     * A signal that may be given late.
     * @param sure whether it is certain that the signal would have been given by now
     */
    public StopSignal(BooleanSupplier sure) {
        this.sure = sure;
    }

    /** What the work under this signal waits for is recorded there. */
    public Waits waits() {
        return this.waits;
    }

    /** Records waits there from now on. */
    public void tellWaits(Waits listener) {
        this.waits = listener;
    }

    /**
     * A signal of its own for a part of this work, whose waits are told where these are.
     */
    public StopSignal apart() {
        StopSignal part = new StopSignal();
        part.tellWaits(this.waits);
        return part;
    }

    public boolean stopped() {
        return this.stopped;
    }

    /**
     * Returns if the signal has not been given.
     * @throws Stopped where the signal was given
     */
    public void check() {
        if (this.stopped) {
            throw new Stopped();
        }
    }

    /**
     * Returns when it is certain that the signal has not been given: for a write that
     * others must not see after a stop.
     * @throws Stopped where the signal was given
     */
    public void checkSurely() {
        check();
        while (!this.sure.getAsBoolean()) {
            LockSupport.parkNanos(UNSURE_NANOS);
            check();
        }
    }

    /**
     * Runs a closer when the signal is given (at once where it was given before), until
     * the registration is closed. A closer must not block.
     */
    public Registration onStop(Runnable closer) {
        this.closers.add(closer);
        if (this.stopped) {
            closer.run();
        }
        return () -> this.closers.remove(closer);
    }

    /**
     * Waits for a time, or until the signal is given.
     * @throws Stopped where it was given
     */
    public void pause(Duration time) {
        await(new CompletableFuture<@Nullable Void>().completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /**
     * Waits for the result of a future, or until the signal is given, which does not end
     * the future's own work.
     * @throws Stopped where it was given
     */
    public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        CompletableFuture<T> mine = future.copy();
        try (Registration _ = onStop(() -> mine.completeExceptionally(new Stopped()))) {
            return mine.join();
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw ex;
        }
    }

    /**
     * Stops the work here so that this node or another takes it up again. What they can
     * go on with, such as open uploads, is left.
     */
    public void handBack() {
        this.comesBack = true;
        stop();
    }

    /** Whether the stopped work is to be taken up again. */
    public boolean comesBack() {
        return this.comesBack;
    }

    public void stop() {
        this.stopped = true;
        this.closers.forEach(Runnable::run);
    }

    /** Ends the interest in a signal. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();

    }

    /** The work was told to stop. */
    public static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Stopped() {
            super("stopped");
        }

    }

}
