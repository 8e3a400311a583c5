package replication.execution;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells everything that works on one task to end at once. Whoever opens a stream
 * registers how it is closed; {@link #stop()} closes them all from outside, also where
 * they hang.
 */
public final class StopSignal {

    private final Set<Runnable> closers = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    public boolean stopped() {
        return this.stopped;
    }

    /**
     * Goes on, or not.
     * @throws Stopped where the signal was given
     */
    public void check() {
        if (this.stopped) {
            throw new Stopped();
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
