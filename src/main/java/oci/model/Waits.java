package oci.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the work under one {@link StopSignal} waits for. A wait is shown while it lasts; a
 * request that is tried again gets a line in the log, at most sixty a minute.
 */
public final class Waits {

    /** Records nothing. */
    static final Waits UNTOLD = new Waits((_) -> {
    }, System::nanoTime);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final int LINES_A_MINUTE = 60;

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Consumer<String> log;

    private final LongSupplier nanoTime;

    private final Set<Wait> open = ConcurrentHashMap.newKeySet();

    private long minute;

    private int lines;

    private int unsaid;

    public Waits(Consumer<String> log) {
        this(log, System::nanoTime);
    }

    Waits(Consumer<String> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.minute = nanoTime.getAsLong();
    }

    /**
     * Records a wait until it is closed.
     * @param what begins with "waits for" and has no line of its own
     * @param from the wait is shown after so long
     */
    public Wait begin(String what, Duration from) {
        Wait wait = new Wait(this.open, what, this.nanoTime.getAsLong() + from.toNanos());
        this.open.add(wait);
        return wait;
    }

    /** The wait that has lasted longest; empty where there is none. */
    public String longest() {
        long now = this.nanoTime.getAsLong();
        return this.open.stream()
            .filter((wait) -> now - wait.from >= 0)
            .min(Comparator.comparingLong((wait) -> wait.from - now))
            .map((wait) -> wait.what)
            .orElse("");
    }

    /**
     * The log line for a step that is tried again.
     * @param number of the next attempt, from 2
     * @param most how many attempts there are
     */
    public static String retry(String failure, Duration wait, int number, int most) {
        long tenths = Math.ceilDiv(wait.toMillis(), 100);
        String time = (tenths < 10) ? "in 0." + tenths + " s" : "in " + Math.ceilDiv(tenths, 10) + " s";
        return "%s; again %s, %d of %d".formatted(failure, (tenths == 0) ? "at once" : time, number, most);
    }

    /** The time of day, in UTC, after a wait. */
    public static String time(Duration wait) {
        return CLOCK.format(Instant.now().plus(wait));
    }

    /** A request is tried again. */
    public void again(String line) {
        int before;
        synchronized (this) {
            if (this.nanoTime.getAsLong() - this.minute > MINUTE_NANOS) {
                before = flushed();
            }
            else {
                before = 0;
            }
            if (this.lines >= LINES_A_MINUTE) {
                this.unsaid++;
                return;
            }
            this.lines++;
        }
        tellOfUnsaid(before);
        this.log.accept(line);
    }

    /** Tells how many lines were too many. */
    public void end() {
        int before;
        synchronized (this) {
            before = flushed();
        }
        tellOfUnsaid(before);
    }

    private int flushed() {
        int before = this.unsaid;
        this.minute = this.nanoTime.getAsLong();
        this.lines = 0;
        this.unsaid = 0;
        return before;
    }

    private void tellOfUnsaid(int count) {
        if (count > 0) {
            this.log.accept("%d more requests were tried again, too many to be told one by one".formatted(count));
        }
    }

    /** One wait. */
    public static final class Wait implements AutoCloseable {

        private final Set<Wait> open;

        private final String what;

        private final long from;

        private Wait(Set<Wait> open, String what, long from) {
            this.open = open;
            this.what = what;
            this.from = from;
        }

        @Override
        public void close() {
            this.open.remove(this);
        }

    }

}
