package cli.shared;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

import transfer.pace.ByteSize;

/**
 * The progress of a copy as text: a bar, bytes, the rate of the last ten seconds and the
 * time that the rest takes at that rate. Used by one thread.
 */
public final class ProgressLine {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private static final int WIDTH = 24;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Such as {@code [=====>      ]  42%  1.2 GB of 2.9 GB  85.3 MB/s  eta 0:20}.
     * @param at nanoseconds of a clock that only goes forward
     */
    public String at(long at, long done, long total) {
        this.samples.addLast(new Sample(at, done));
        while (this.samples.size() > 2 && at - this.samples.getFirst().nanos() > WINDOW.toNanos()) {
            this.samples.removeFirst();
        }
        Sample first = this.samples.getFirst();
        double seconds = (at - first.nanos()) / 1e9;
        double rate = (seconds > 0) ? Math.max(0, done - first.bytes()) / seconds : 0;
        return "%s  %s of %s  %s/s  eta %s".formatted(bar(done, total), ByteSize.text(done), ByteSize.text(total),
                ByteSize.text((long) rate), (rate >= 1) ? time((total - done) / rate) : "-:--");
    }

    private static String bar(long done, long total) {
        double part = (total > 0) ? (double) done / total : 0;
        int full = (int) (part * WIDTH);
        String drawn = "=".repeat(full) + ((full < WIDTH) ? ">" : "") + " ".repeat(Math.max(0, WIDTH - full - 1));
        return String.format(Locale.ROOT, "[%s] %3d%%", drawn, (int) (part * 100));
    }

    /** Such as {@code 1:05} or {@code 2:00:00}. */
    public static String time(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return (whole < 3600) ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    private record Sample(long nanos, long bytes) {
    }

}
