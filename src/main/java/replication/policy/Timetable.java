package replication.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The times of one trigger.
 *
 * @param zone in which the expression is read
 * @param misfire what becomes of times that passed while nobody was there
 * @param spread each time comes up to so much later, by chance, so that many do not come
 * at once; at most a day
 */
public record Timetable(Cron cron, ZoneId zone, Misfire misfire, Duration spread) {

    public static final Duration MOST_SPREAD = Duration.ofDays(1);

    public Timetable {
        if (spread.isNegative() || spread.compareTo(MOST_SPREAD) > 0) {
            throw new IllegalArgumentException("a spread is from 0 seconds to a day, but this is " + spread);
        }
    }

    /** The next times after a moment, without their spread. */
    public List<Instant> next(Instant after, int number) {
        return Stream
            .iterate(this.cron.next(after, this.zone), Optional::isPresent,
                    (time) -> this.cron.next(time.orElseThrow(), this.zone))
            .map(Optional::orElseThrow)
            .limit(number)
            .toList();
    }

    /** A time when it comes, with its spread. */
    public Instant spread(Instant time, RandomGenerator random) {
        return this.spread.isZero() ? time : time.plusMillis(random.nextLong(this.spread.toMillis()));
    }

    /** What becomes of times that passed while nobody was there. */
    public enum Misfire {

        /** However many have passed, it fires once. */
        FIRE_ONCE,
        /** They are left out. */
        SKIP

    }

}
