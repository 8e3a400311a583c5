package transfer;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was done for one tag. */
final class Tally {

    private final AtomicInteger sent = new AtomicInteger();

    private final AtomicInteger mounted = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    void sent(long length) {
        this.sent.incrementAndGet();
        this.bytes.addAndGet(length);
    }

    void mounted() {
        this.mounted.incrementAndGet();
    }

    /** How many bytes of blobs the destination was sent; what was mounted moves none. */
    long bytes() {
        return this.bytes.get();
    }

    /** Such as {@code 12 blobs, 3 mounted, 5.2 MB}. */
    @Override
    public String toString() {
        return "%d blobs, %d mounted, %s".formatted(this.sent.get() + this.mounted.get(), this.mounted.get(),
                size(this.bytes.get()));
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double scaled = bytes / 1000.0;
        int unit = 0;
        while (scaled >= 999.95 && unit < 3) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %cB", scaled, "kMGT".charAt(unit));
    }

}
