package replication.bandwidth;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import replication.InvalidField;

/**
 * A limit of the bytes of blobs that are moved in a second.
 *
 * @param bytesPerSecond the limit outside of all windows; 0 for no limit
 * @param windows times with another limit; if several are open, the lowest limit holds
 */
public record Bandwidth(@JsonProperty("bytes_per_second") long bytesPerSecond, List<Window> windows) {

    /** The lowest limit, in bytes a second. */
    public static final long LEAST = 1024;

    /** The highest limit, in bytes a second. */
    public static final long MOST = 1_000_000_000_000L;

    public static final int MOST_WINDOWS = 100;

    public static final Bandwidth UNLIMITED = new Bandwidth(0, List.of());

    public Bandwidth {
        windows = (windows == null) ? List.of() : List.copyOf(windows);
        check(bytesPerSecond);
        if (windows.size() > MOST_WINDOWS) {
            throw new InvalidField("windows", "there are at most 100 windows, but these are " + windows.size());
        }
    }

    static void check(long bytesPerSecond) {
        if (bytesPerSecond != 0 && (bytesPerSecond < LEAST || bytesPerSecond > MOST)) {
            throw new InvalidField("bytes_per_second", "bytes_per_second is from %d to %d, or 0 for no limit, but is %d"
                .formatted(LEAST, MOST, bytesPerSecond));
        }
    }

    /** The limit in bytes a second at a moment; 0 for no limit. */
    public long at(Instant time) {
        List<Window> open = this.windows.stream().filter((window) -> window.open(time)).toList();
        if (open.isEmpty()) {
            return this.bytesPerSecond;
        }
        return open.stream().mapToLong(Window::bytesPerSecond).filter((rate) -> rate > 0).min().orElse(0);
    }

}
