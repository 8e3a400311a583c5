package api;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Window;

/**
 * A limit of bytes a second, both ways.
 *
 * @param bytesPerSecond outside of all windows; 1024 or more, 0 (also where it is not
 * said) for no limit
 * @param windows times at which another limit holds; where several are open, the lowest
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BandwidthBody(@Nullable Long bytesPerSecond, @Nullable List<@Nullable WindowBody> windows) {

    public static BandwidthBody of(Bandwidth bandwidth) {
        return new BandwidthBody(bandwidth.bytesPerSecond(),
                bandwidth.windows().stream().<@Nullable WindowBody>map(WindowBody::of).toList());
    }

    /**
     * Reads a limit; none where there is no body.
     * @param field its name in the request; empty where it is the request
     */
    public static Bandwidth read(String field, @Nullable BandwidthBody body) {
        if (body == null) {
            return Bandwidth.UNLIMITED;
        }
        String path = field.isEmpty() ? "" : field + ".";
        List<Window> read = new ArrayList<>();
        for (WindowBody window : Bounded.list(path + "windows", body.windows, Bandwidth.MOST_WINDOWS)) {
            read.add(WindowBody.read(window, path + "windows[" + read.size() + "]"));
        }
        return new Bandwidth(rate(path + "bytes_per_second", body.bytesPerSecond), read);
    }

    private static long rate(String field, @Nullable Long value) {
        if (value == null || value == 0) {
            return 0;
        }
        if (value < Bandwidth.LEAST || value > Bandwidth.MOST) {
            throw new Refusal.Invalid(field, "%s is from %d to %d, or 0 for no limit, but is %d".formatted(field,
                    Bandwidth.LEAST, Bandwidth.MOST, value));
        }
        return value;
    }

    /**
     * A time of day at which a limit holds.
     *
     * @param days of mon, tue, wed, thu, fri, sat and sun those on which it begins; all
     * where they are not said
     * @param from such as 08:00
     * @param to the first minute after it; on the next day where that is not later than
     * {@code from}
     * @param timeZone whose clocks, such as Europe/Berlin; UTC where it is not said
     * @param bytesPerSecond 0, also where it is not said, for no limit
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record WindowBody(@Nullable List<@Nullable String> days, @Nullable String from, @Nullable String to,
            @Nullable String timeZone, @Nullable Long bytesPerSecond) {

        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

        /** More than a time has, so that what is longer is told to be none. */
        private static final int TIME_LENGTH = 64;

        public static WindowBody of(Window window) {
            return new WindowBody(window.days().stream().<@Nullable String>map(WindowBody::name).toList(),
                    TIME.format(window.from()), TIME.format(window.to()), window.zone().getId(),
                    window.bytesPerSecond());
        }

        private static String name(DayOfWeek day) {
            return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
        }

        public static Window read(@Nullable WindowBody body, String field) {
            if (body == null) {
                throw new Refusal.Invalid(field, "a window has from, to and bytes_per_second");
            }
            return new Window(body.readDays(field + ".days"), time(field + ".from", body.from),
                    time(field + ".to", body.to), Parameters.zone(field + ".time_zone", body.timeZone),
                    rate(field + ".bytes_per_second", body.bytesPerSecond));
        }

        private List<DayOfWeek> readDays(String field) {
            if (this.days == null || this.days.isEmpty()) {
                return List.of(DayOfWeek.values());
            }
            List<DayOfWeek> read = new ArrayList<>();
            for (String day : this.days) {
                DayOfWeek known = day(field + "[" + read.size() + "]", day);
                if (read.contains(known)) {
                    throw new Refusal.Invalid(field, "%s has %s twice".formatted(field, day));
                }
                read.add(known);
            }
            return read;
        }

        private static DayOfWeek day(String field, @Nullable String text) {
            return Arrays.stream(DayOfWeek.values())
                .filter((day) -> name(day).equals(text))
                .findFirst()
                .orElseThrow(() -> new Refusal.Invalid(field,
                        "a day is mon, tue, wed, thu, fri, sat or sun, not \"" + text + "\""));
        }

        private static LocalTime time(String field, @Nullable String text) {
            try {
                return LocalTime.parse(Required.text(field, text, TIME_LENGTH), TIME);
            }
            catch (DateTimeParseException _) {
                throw new Refusal.Invalid(field, "a time is from 00:00 to 23:59, not \"" + text + "\"");
            }
        }

    }

}
