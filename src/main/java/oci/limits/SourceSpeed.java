package oci.limits;

import java.util.function.LongSupplier;

/**
 * Tells whether a stream is slow because its source sends slowly, and not because its
 * reader reads slowly. It judges again every half second.
 */
public final class SourceSpeed {

    static final long WHILE_NANOS = 500_000_000;

    /** In bytes a second: a connection below it gains from others beside it. */
    static final long SLOW = 40_000_000;

    private final LongSupplier nanoTime;

    private long since;

    private long waited;

    private long bytes;

    /**
     * Begins now.
     * @param nanoTime like {@link System#nanoTime()}
     */
    public SourceSpeed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /**
     * Bytes have been read.
     * @param begin when that began, by the same clock
     * @return whether it was slow for the while that ends now
     */
    public boolean slow(int read, long begin) {
        long now = this.nanoTime.getAsLong();
        this.waited += now - begin;
        this.bytes += read;
        long time = now - this.since;
        if (time < WHILE_NANOS) {
            return false;
        }
        boolean slow = this.waited > time / 5 * 4 && this.bytes < SLOW * (time / 1e9);
        this.since = now;
        this.waited = 0;
        this.bytes = 0;
        return slow;
    }

}
