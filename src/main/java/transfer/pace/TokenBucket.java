package transfer.pace;

import java.util.function.LongSupplier;

/**
 * Grants bytes at a rate, in the order of the requests. Unused bytes are granted later,
 * up to one second's worth. The bucket wakes nobody: a waiter looks again, so that a new
 * rate applies to those who wait already.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;

    private volatile long rate;

    /** The sum of all requests, in bytes. */
    private long asked;

    /** Bytes granted beyond the requests; negative while somebody waits. */
    private double credit;

    private long settled;

    /**
     * Without a limit at first.
     * @param nanoTime like {@link System#nanoTime()}
     */
    TokenBucket(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.settled = nanoTime.getAsLong();
    }

    /** In bytes a second; 0 for no limit. */
    long rate() {
        return this.rate;
    }

    /**
     * Changes the rate.
     * @param bytesPerSecond 0 for no limit: all requests are granted
     */
    synchronized void rate(long bytesPerSecond) {
        settle();
        this.rate = bytesPerSecond;
        this.credit = (bytesPerSecond == 0) ? 0 : Math.min(this.credit, (double) bytesPerSecond);
    }

    /**
     * Asks for bytes.
     * @return the turn, to be waited for
     */
    synchronized long ask(long bytes) {
        settle();
        this.asked += bytes;
        if (this.rate > 0) {
            this.credit -= bytes;
        }
        return this.asked;
    }

    /** Nanoseconds until a request is granted, at the current rate; 0 where it is. */
    synchronized long until(long turn) {
        settle();
        double missing = (turn - this.asked) - this.credit;
        return (this.rate == 0 || missing <= 0) ? 0 : (long) Math.ceil(missing / this.rate * NANOS);
    }

    /** Returns bytes that were requested and will not pass. */
    synchronized void giveBack(long bytes) {
        settle();
        if (this.rate > 0) {
            this.credit = Math.min(this.credit + bytes, (double) this.rate);
        }
    }

    // A process that stood still makes up for at most a second.
    private void settle() {
        long now = this.nanoTime.getAsLong();
        double seconds = Math.min(1, (now - this.settled) / NANOS);
        this.settled = now;
        if (this.rate > 0) {
            this.credit = Math.min(this.credit + this.rate * seconds, (double) this.rate);
        }
    }

}
