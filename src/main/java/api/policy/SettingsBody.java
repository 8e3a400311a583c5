package api.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import api.Bounded;
import api.Parameters;
import api.Required;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.policy.Cron;
import replication.policy.Timetable;
import replication.policy.Trigger;

/**
 * What a trigger needs beside its type.
 *
 * @param cron of a scheduled one
 * @param reconcile of an event trigger: when the whole policy runs besides
 * @param timeZone in which these are read, such as Europe/Berlin; UTC where it is not
 * said
 * @param misfire what becomes of times that passed while nobody was there: fire_once
 * (where it is not said) or skip
 * @param spreadSeconds each time comes up to so much later, by chance
 * @param nextTimes the next five, without their spread; passed over when a client writes
 * it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SettingsBody(@Nullable String cron, @Nullable String reconcile, @Nullable String timeZone,
        @Nullable String misfire, @Nullable Integer spreadSeconds, @Nullable List<Instant> nextTimes) {

    static final SettingsBody NONE = new SettingsBody(null, null, null, null, null, null);

    private static final int NEXT = 5;

    private static final String NONE_OF_MANUAL = "a manual trigger has no settings";

    static @Nullable SettingsBody of(Trigger trigger, Instant now) {
        Optional<Timetable> timetable = trigger.byTheClock();
        if (timetable.isEmpty()) {
            return null;
        }
        Timetable times = timetable.get();
        boolean scheduled = trigger instanceof Trigger.Scheduled;
        return new SettingsBody(scheduled ? times.cron().text() : null, scheduled ? null : times.cron().text(),
                times.zone().getId(), times.misfire().name().toLowerCase(Locale.ROOT),
                Math.toIntExact(times.spread().toSeconds()), times.next(now, NEXT));
    }

    Trigger manual(String field) {
        refuse(field + ".cron", this.cron, NONE_OF_MANUAL);
        refuse(field + ".reconcile", this.reconcile, NONE_OF_MANUAL);
        refuse(field + ".time_zone", this.timeZone, NONE_OF_MANUAL);
        refuse(field + ".misfire", this.misfire, NONE_OF_MANUAL);
        refuse(field + ".spread_seconds",
                (this.spreadSeconds != null && this.spreadSeconds != 0) ? this.spreadSeconds.toString() : null,
                NONE_OF_MANUAL);
        return new Trigger.Manual();
    }

    Trigger scheduled(String field) {
        refuse(field + ".reconcile", this.reconcile, "a scheduled trigger has a cron; reconcile is of event triggers");
        return new Trigger.Scheduled(timetable(field, field + ".cron", this.cron));
    }

    Trigger event(String field) {
        refuse(field + ".cron", this.cron,
                "an event trigger has no cron; reconcile says when all is looked at besides");
        return new Trigger.Event(
                (this.reconcile != null) ? timetable(field, field + ".reconcile", this.reconcile) : null);
    }

    /** An empty one is let pass: Harbor sends an empty cron with every trigger. */
    private static void refuse(String field, @Nullable String value, String reason) {
        if (value != null && !value.isBlank()) {
            throw new Refusal.Invalid(field, reason);
        }
    }

    private Timetable timetable(String field, String expressionField, @Nullable String expression) {
        Timetable.Misfire read = Parameters.oneOf(field + ".misfire", this.misfire, Timetable.Misfire.class);
        int spread = Parameters.within(field + ".spread_seconds", this.spreadSeconds, 0,
                Math.toIntExact(Timetable.MOST_SPREAD.toSeconds()));
        return new Timetable(expression(expressionField, expression),
                Parameters.zone(field + ".time_zone", this.timeZone),
                (read != null) ? read : Timetable.Misfire.FIRE_ONCE, Duration.ofSeconds(spread));
    }

    private static Cron expression(String field, @Nullable String text) {
        String given = Required.text(field, text, Bounded.CRON);
        try {
            return new Cron(given);
        }
        catch (IllegalArgumentException ex) {
            throw new Refusal.Invalid(field, "bad cron \"" + given + "\": " + ex.getMessage());
        }
    }

}
