package replication.event;

/** A token bucket: a number of tokens a second, and twice as many in a burst. */
final class Bucket {

    private final int perSecond;

    private double tokens;

    private long filled;

    Bucket(int perSecond) {
        this.perSecond = perSecond;
        this.tokens = 2.0 * perSecond;
    }

    synchronized boolean take(long now) {
        if (isEmpty(now)) {
            return false;
        }
        this.tokens--;
        return true;
    }

    synchronized boolean isEmpty(long now) {
        this.tokens = Math.min(2.0 * this.perSecond,
                this.tokens + Math.max(0, now - this.filled) / 1000.0 * this.perSecond);
        this.filled = now;
        return this.tokens < 1;
    }

}
