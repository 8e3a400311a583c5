package replication.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import replication.InvalidField;

/** What starts a policy. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.NONE, getterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonPropertyOrder({ "type", "trigger_settings" })
public sealed interface Trigger {

    /** The trigger's type by the API's name. */
    @JsonProperty("type")
    String type();

    /** When the trigger fires by the clock; empty for never. */
    default Optional<Timetable> byTheClock() {
        return switch (this) {
            case Manual _ -> Optional.empty();
            case Scheduled scheduled -> Optional.of(scheduled.timetable);
            case Event event -> Optional.ofNullable(event.reconcile);
        };
    }

    @JsonProperty("trigger_settings")
    default @Nullable Settings settings() {
        return byTheClock().map((timetable) -> Settings.of(timetable, this instanceof Scheduled)).orElse(null);
    }

    /**
     * Reads a trigger from its JSON.
     * @throws InvalidField if the type is unknown, or a setting is wrong or belongs to
     * another type
     */
    @JsonCreator
    static Trigger of(@JsonProperty("type") @Nullable String type,
            @JsonProperty("trigger_settings") @Nullable Settings settings) {
        Settings given = Objects.requireNonNullElse(settings, Settings.NONE);
        return switch (Objects.requireNonNullElse(type, "")) {
            case "manual" -> given.manual();
            case "scheduled" -> given.scheduled();
            case "event" -> given.event();
            default ->
                throw new InvalidField("type", "a trigger's type is manual, scheduled or event, not \"" + type + "\"");
        };
    }

    /** Only a request starts the policy. */
    record Manual() implements Trigger {

        @Override
        public String type() {
            return "manual";
        }

    }

    /** The clock starts the policy. */
    record Scheduled(Timetable timetable) implements Trigger {

        @Override
        public String type() {
            return "scheduled";
        }

    }

    /**
     * Events of the source registry start the policy for what they name.
     *
     * @param reconcile when the whole policy runs as well, for events that were lost;
     * null for never
     */
    record Event(@Nullable Timetable reconcile) implements Trigger {

        public Event() {
            this(null);
        }

        @Override
        public String type() {
            return "event";
        }

    }

    /**
     * What a trigger's JSON has beside its type.
     *
     * @param cron when a scheduled trigger fires
     * @param reconcile when an event trigger runs the whole policy
     * @param timeZone in which the expression is read, such as Europe/Berlin; UTC by
     * default
     * @param misfire what happens to times that passed while no node ran; fire_once by
     * default
     * @param spreadSeconds how much later, at random, the policy may start; at most a day
     * @param nextTimes the next five times without their spread; only answers have them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Settings(@Nullable String cron, @Nullable String reconcile,
            @JsonProperty("time_zone") @Nullable ZoneId timeZone, Timetable.@Nullable Misfire misfire,
            @JsonProperty("spread_seconds") @Nullable Integer spreadSeconds,
            @JsonProperty("next_times") @Nullable List<Instant> nextTimes) {

        static final Settings NONE = new Settings(null, null, null, null, null, null);

        private static final String FIELD = "trigger_settings.";

        private static final int LONGEST_CRON = 512;

        private static Settings of(Timetable timetable, boolean scheduled) {
            String expression = timetable.cron().text();
            return new Settings(scheduled ? expression : null, scheduled ? null : expression, timetable.zone(),
                    timetable.misfire(), Math.toIntExact(timetable.spread().toSeconds()), null);
        }

        private Trigger manual() {
            String reason = "a manual trigger has no settings";
            refuse("cron", this.cron, reason);
            refuse("reconcile", this.reconcile, reason);
            refuse("time_zone", this.timeZone, reason);
            refuse("misfire", this.misfire, reason);
            refuse("spread_seconds", Objects.equals(this.spreadSeconds, 0) ? null : this.spreadSeconds, reason);
            return new Manual();
        }

        private Trigger scheduled() {
            refuse("reconcile", this.reconcile, "a scheduled trigger has a cron; only event triggers have reconcile");
            return new Scheduled(timetable("cron", this.cron));
        }

        private Trigger event() {
            refuse("cron", this.cron,
                    "an event trigger has no cron; reconcile says when the whole policy runs as well");
            return new Event((this.reconcile != null) ? timetable("reconcile", this.reconcile) : null);
        }

        /** An empty value is accepted: Harbor sends an empty cron with every trigger. */
        private static void refuse(String field, @Nullable Object value, String reason) {
            if (value != null && !value.toString().isBlank()) {
                throw new InvalidField(FIELD + field, reason);
            }
        }

        private Timetable timetable(String field, @Nullable String expression) {
            long spread = Objects.requireNonNullElse(this.spreadSeconds, 0);
            if (spread < 0 || spread > Timetable.MOST_SPREAD.toSeconds()) {
                throw new InvalidField(FIELD + "spread_seconds", "spread_seconds is from 0 to %d, but is %d"
                    .formatted(Timetable.MOST_SPREAD.toSeconds(), spread));
            }
            return new Timetable(cron(FIELD + field, expression),
                    Objects.requireNonNullElse(this.timeZone, ZoneId.of("UTC")),
                    Objects.requireNonNullElse(this.misfire, Timetable.Misfire.FIRE_ONCE), Duration.ofSeconds(spread));
        }

        private static Cron cron(String field, @Nullable String expression) {
            String given = Objects.requireNonNullElse(expression, "").strip();
            if (given.isEmpty() || given.length() > LONGEST_CRON) {
                throw new InvalidField(field, field + (given.isEmpty() ? " is missing"
                        : " has at most %d characters, but these are %d".formatted(LONGEST_CRON, given.length())));
            }
            try {
                return new Cron(given);
            }
            catch (IllegalArgumentException ex) {
                throw new InvalidField(field, "bad cron \"" + given + "\": " + ex.getMessage());
            }
        }

    }

}
