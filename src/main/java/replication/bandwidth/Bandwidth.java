package replication.bandwidth;

import java.time.Instant;
import java.util.List;

/**
 * How many bytes of blobs a second may be moved.
 *
 * @param bytesPerSecond outside of all windows; 0 for no limit
 * @param windows times at which another limit holds instead; where several are open, the
 * lowest of theirs
 */
public record Bandwidth(long bytesPerSecond, List<Window> windows) {

    /** In bytes a second, of every limit. */
    public static final long LEAST = 1024;

    /** In bytes a second, of every limit. */
    public static final long MOST = 1_000_000_000_000L;

    public static final int MOST_WINDOWS = 100;

    public static final Bandwidth UNLIMITED = new Bandwidth(0, List.of());

    public Bandwidth {
        windows = List.copyOf(windows);
        check(bytesPerSecond);
        if (windows.size() > MOST_WINDOWS) {
            throw new IllegalArgumentException("there are at most 100 windows, but these are " + windows.size());
        }
    }

    static void check(long bytesPerSecond) {
        if (bytesPerSecond != 0 && (bytesPerSecond < LEAST || bytesPerSecond > MOST)) {
            throw new IllegalArgumentException("bytes_per_second is 0 for no limit, or from %d to %d, but is %d"
                .formatted(LEAST, MOST, bytesPerSecond));
        }
    }

    /** Bytes a second at a moment; 0 for no limit. */
    public long at(Instant time) {
        List<Window> open = this.windows.stream().filter((window) -> window.open(time)).toList();
        if (open.isEmpty()) {
            return this.bytesPerSecond;
        }
        return open.stream().mapToLong(Window::bytesPerSecond).filter((rate) -> rate > 0).min().orElse(0);
    }

    public boolean unlimited() {
        return equals(UNLIMITED);
    }

}
