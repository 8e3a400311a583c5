package replication.bandwidth;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import org.jspecify.annotations.Nullable;
import replication.InvalidField;

/**
 * A time of day with its own limit, by the local clock: a change of clocks makes the
 * window an hour longer or shorter.
 *
 * @param days the days on which the window begins, each at most once; empty for every day
 * @param from its first minute
 * @param to the first minute after it; on the next day unless it is later than {@code
 * from}, so that equal times make a whole day
 * @param zone the time zone; UTC by default
 * @param bytesPerSecond 0 for no limit
 */
public record Window(List<DayOfWeek> days, @JsonFormat(pattern = "HH:mm", lenient = OptBoolean.FALSE) LocalTime from,
        @JsonFormat(pattern = "HH:mm", lenient = OptBoolean.FALSE) LocalTime to, @JsonProperty("time_zone") ZoneId zone,
        @JsonProperty("bytes_per_second") long bytesPerSecond) {

    public Window {
        days = (days == null || days.isEmpty()) ? List.of(DayOfWeek.values()) : List.copyOf(days);
        zone = Objects.requireNonNullElse(zone, ZoneId.of("UTC"));
        Set<DayOfWeek> seen = EnumSet.noneOf(DayOfWeek.class);
        days.forEach((day) -> {
            if (!seen.add(day)) {
                throw new InvalidField("days", "a window has each day at most once, but has " + day + " twice");
            }
        });
        require("from", from);
        require("to", to);
        Bandwidth.check(bytesPerSecond);
    }

    private static void require(String field, @Nullable LocalTime time) {
        if (time == null) {
            throw new InvalidField(field, field + " is missing");
        }
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
