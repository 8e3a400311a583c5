package oci.limits;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the manifests of one image take while it is copied. The usual few
 * kilobytes are free; an image that needs more waits for one of few permits, so that
 * however many copies run, the large manifests among them fit the heap. Safe for many
 * threads.
 */
public final class ManifestHold implements AutoCloseable {

    /** In bytes, for all of an image together. */
    public static final int FREE = 256 * 1024;

    /** In bytes: what all manifests of an image may take. */
    public static final long MOST = 16L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Shorter waits are not shown. */
    private static final Duration LONG = Duration.ofSeconds(10);

    /** Apart from the monitor: a thread with a request's permit never waits for it. */
    private final ReentrantLock enlarging = new ReentrantLock();

    private volatile Permits.@Nullable Permit permit;

    private long taken;

    /** As many permits as fit an eighth of the heap. */
    static Permits permits() {
        return new Permits(Math.clamp(Runtime.getRuntime().maxMemory() / 8 / MOST, 1, 64));
    }

    public boolean enlarged() {
        return this.permit != null;
    }

    /** Takes bytes from the free part; false where they do not suffice. */
    public synchronized boolean takes(int bytes) {
        if (this.taken + bytes > FREE) {
            return false;
        }
        this.taken += bytes;
        return true;
    }

    /**
     * Waits for a permit. The caller must hold no other permit that the holder of this
     * one may need.
     * @param doing what messages begin with
     * @throws RegistryFailure.Transient where no permit becomes free for long
     */
    public void enlarge(Permits large, String doing, StopSignal stop) {
        this.enlarging.lock();
        try {
            if (this.permit == null) {
                this.permit = acquire(large, doing, stop);
            }
        }
        finally {
            this.enlarging.unlock();
        }
    }

    private static Permits.Permit acquire(Permits large, String doing, StopSignal stop) {
        StopSignal until = new StopSignal();
        try (StopSignal.Registration _ = stop.onStop(until::stop);
                Waits.Wait _ = stop.waits().begin("waits for the memory that other large manifests take", LONG)) {
            CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS).execute(until::stop);
            return large.acquire(until);
        }
        catch (StopSignal.Stopped _) {
            stop.check();
            throw new RegistryFailure.Transient("%s: it is large, and for %d min others of its size had the memory"
                .formatted(doing, PATIENCE.toMinutes()), null);
        }
    }

    @Override
    public void close() {
        Permits.Permit held = this.permit;
        if (held != null) {
            held.close();
        }
    }

}
