package cli.imports;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import replication.policy.Cron;

/** The time between two runs in Go's notation: {@code 90m}, {@code 1h30m0s}. */
final class Interval {

    private Interval() {
    }

    /**
     * A cron with the same interval; empty if it does not divide an hour or a day.
     */
    static Optional<Cron> of(String interval) {
        Duration duration;
        try {
            // Go writes 1h30m0s where ISO 8601 has PT1H30M0S.
            duration = Duration.parse("PT" + interval);
        }
        catch (DateTimeParseException _) {
            return Optional.empty();
        }
        long minutes = duration.toMinutes();
        if (minutes <= 0 || !Duration.ofMinutes(minutes).equals(duration) || (24 * 60) % minutes != 0) {
            return Optional.empty();
        }
        if (minutes < 60) {
            return (60 % minutes == 0) ? Optional.of(new Cron("*/" + minutes + " * * * *")) : Optional.empty();
        }
        if (minutes % 60 != 0) {
            return Optional.empty();
        }
        long hours = minutes / 60;
        String hour = (hours == 1) ? "*" : (hours == 24) ? "0" : "*/" + hours;
        return Optional.of(new Cron("0 " + hour + " * * *"));
    }

}
