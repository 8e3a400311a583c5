package transfer.pace;

import java.util.function.LongSupplier;

/**
 * Grants bytes at a rate, in the order in which they were asked for. What was not asked
 * for while nobody waited is granted later, up to what a second brings. It wakes nobody:
 * who waits looks again, so that a new rate holds for those too who wait already.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;

    private volatile long rate;

    /** All that was ever asked for. */
    private long asked;

    /** What is granted beyond that; negative while somebody waits. */
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
     * From here on so fast.
     * @param bytesPerSecond 0 for no limit: all that was asked for is granted
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

    /** Nanoseconds until it is a turn's time, as it looks now; 0 where it has come. */
    synchronized long until(long turn) {
        settle();
        double missing = (turn - this.asked) - this.credit;
        return (this.rate == 0 || missing <= 0) ? 0 : (long) Math.ceil(missing / this.rate * NANOS);
    }

    /** Bytes that were asked for will not pass. */
    synchronized void giveBack(long bytes) {
        settle();
        if (this.rate > 0) {
            this.credit = Math.min(this.credit + bytes, (double) this.rate);
        }
    }

    // A process that stood still for longer makes up for no more than a second of it.
    private void settle() {
        long now = this.nanoTime.getAsLong();
        double seconds = Math.min(1, (now - this.settled) / NANOS);
        this.settled = now;
        if (this.rate > 0) {
            this.credit = Math.min(this.credit + this.rate * seconds, (double) this.rate);
        }
    }

}
