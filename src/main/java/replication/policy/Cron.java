package replication.policy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a scheduled trigger fires: five fields (minute, hour, day of month, month, day of
 * week; 0 and 7 are Sunday), six with a leading second, or {@code @daily} and its like.
 * If both days are restricted, either one suffices, as in Harbor's and every Unix cron.
 * <p>
 * When clocks are changed, a fixed time of day that does not exist fires as soon as there
 * is a time again, and one that exists twice fires the first time only; so does a time of
 * every few hours. A cron of every hour follows elapsed time: it fires for each minute of
 * the local clock that passes and for none that does not.
 *
 * @param text as it was written
 */
public record Cron(String text) {

    private static final int HOUR = 2;

    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0-23");

    private static final int DAY_OF_MONTH = 3;

    private static final int DAY_OF_WEEK = 5;

    private static final int FIELDS_WITHOUT_SECONDS = 5;

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Every expression that ever fires does so after this: a 29 February on a Sunday. */
    private static final LocalDateTime LEAP_YEAR = LocalDateTime.of(2024, 1, 1, 0, 0);

    /**
     * Reads an expression.
     * @throws IllegalArgumentException if it is malformed or never fires; the message
     * says why
     */
    public Cron {
        if (next(expressions(text), LEAP_YEAR).isEmpty()) {
            throw new IllegalArgumentException("no date matches it");
        }
    }

    /** The first time after a moment; empty if there is none left. */
    public Optional<Instant> next(Instant after, ZoneId zone) {
        List<CronExpression> expressions = expressions(this.text);
        return everyHour(this.text) ? byElapsedTime(expressions, after, zone) : byTheClock(expressions, after, zone);
    }

    private static Optional<Instant> byTheClock(List<CronExpression> expressions, Instant after, ZoneId zone) {
        Optional<LocalDateTime> local = next(expressions, after.atZone(zone).toLocalDateTime());
        while (local.isPresent() && !instant(local.get(), zone).isAfter(after)) {
            local = next(expressions, local.get());
        }
        return local.map((time) -> instant(time, zone));
    }

    /** Between two changes of the clock the offset is constant. */
    private static Optional<Instant> byElapsedTime(List<CronExpression> expressions, Instant after, ZoneId zone) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = zone.getRules().getOffset(from);
            @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            // The moment of a change may be a time that fires; the moment asked for is
            // not.
            LocalDateTime start = LocalDateTime.ofInstant(from.equals(after) ? from : from.minusNanos(1), offset);
            Optional<Instant> found = next(expressions, start).map((time) -> time.toInstant(offset));
            if (change == null || found.isEmpty() || found.get().isBefore(change.getInstant())) {
                return found;
            }
            from = change.getInstant();
        }
    }

    private static Optional<LocalDateTime> next(List<CronExpression> expressions, LocalDateTime after) {
        return expressions.stream()
            .flatMap((each) -> Optional.ofNullable(each.next(after)).stream())
            .min(Comparator.naturalOrder());
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(local);
        // atZone takes the first of a time that exists twice.
        return (change != null && change.isGap()) ? change.getInstant() : local.atZone(zone).toInstant();
    }

    private static boolean everyHour(String text) {
        String expression = text.strip();
        return expression.equals("@hourly")
                || (!expression.startsWith("@") && EVERY_HOUR.contains(fields(expression)[HOUR]));
    }

    private static List<CronExpression> expressions(String text) {
        String expression = text.strip();
        if (expression.startsWith("@")) {
            return List.of(CronExpression.parse(expression));
        }
        String[] fields = fields(expression);
        CronExpression whole = CronExpression.parse(String.join(" ", fields));
        if (!restricted(fields[DAY_OF_MONTH]) || !restricted(fields[DAY_OF_WEEK])) {
            return List.of(whole);
        }
        return List.of(without(fields, DAY_OF_MONTH), without(fields, DAY_OF_WEEK));
    }

    private static boolean restricted(String field) {
        return !field.startsWith("*") && !field.startsWith("?");
    }

    private static CronExpression without(String[] fields, int field) {
        String[] others = fields.clone();
        others[field] = "*";
        return CronExpression.parse(String.join(" ", others));
    }

    private static String[] fields(String expression) {
        String[] fields = SPACE.split(expression, -1);
        String[] six = (fields.length == FIELDS_WITHOUT_SECONDS) ? SPACE.split("0 " + expression, -1) : fields;
        if (six.length != FIELDS_WITHOUT_SECONDS + 1) {
            throw new IllegalArgumentException("a cron has five or six fields, or is @daily or the like, but this has "
                    + (expression.isEmpty() ? 0 : fields.length));
        }
        return six;
    }

    @Override
    public String toString() {
        return this.text;
    }

}
