package replication.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * When one trigger fires.
 *
 * @param zone in which the expression is read
 * @param misfire what happens to times that passed while no node ran
 * @param spread how much later, at random, the policy may start, so that many policies do
 * not start at once; at most a day
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

    /** A time with a random spread added. */
    public Instant spread(Instant time, RandomGenerator random) {
        return this.spread.isZero() ? time : time.plusMillis(random.nextLong(this.spread.toMillis()));
    }

    /** What happens to times that passed while no node ran. */
    public enum Misfire {

        /** However many have passed, the trigger fires once. */
        FIRE_ONCE,
        /** They are skipped. */
        SKIP;

        /** The name in JSON. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
