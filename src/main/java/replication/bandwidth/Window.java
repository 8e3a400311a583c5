package replication.bandwidth;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A time of day at which a limit holds, by the clocks on the wall: when they are changed,
 * it is shorter or longer by that hour.
 *
 * @param days on which it begins, none twice
 * @param from its first minute
 * @param to the first minute after it; on the next day where that is not later than
 * {@code from}, so that equal ones are a whole day
 * @param zone whose clocks
 * @param bytesPerSecond 0 for no limit
 */
public record Window(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, long bytesPerSecond) {

    public Window {
        days = List.copyOf(days);
        if (days.isEmpty() || Set.copyOf(days).size() < days.size()) {
            throw new IllegalArgumentException("a window has days, each of them once, but these are " + days);
        }
        Bandwidth.check(bytesPerSecond);
    }

    boolean open(Instant time) {
        LocalDateTime local = time.atZone(this.zone).toLocalDateTime();
        DayOfWeek day = local.getDayOfWeek();
        boolean begun = !local.toLocalTime().isBefore(this.from);
        boolean ended = !local.toLocalTime().isBefore(this.to);
        if (this.from.isBefore(this.to)) {
            return this.days.contains(day) && begun && !ended;
        }
        return (this.days.contains(day) && begun) || (this.days.contains(day.minus(1)) && !ended);
    }

}
