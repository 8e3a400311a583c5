package store.policy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import replication.bandwidth.Bandwidth;
import replication.policy.Cron;
import replication.policy.Timetable;
import replication.policy.Trigger;

/**
 * The JSON in which rows keep policies and their parts: that of their records, except
 * that triggers are flat and that a missing limit of bandwidth is an empty object.
 */
public final class PolicyJson {

    /**
     * SQL for the policy of an execution {@code e}. The name comes from its own column,
     * because the JSON in the rows of plans lacks it.
     */
    public static final String SNAPSHOT = "e.policy || jsonb_build_object('name', e.policy_name) AS policy";

    /** A policy's text has some kilobytes, and only those of running executions recur. */
    private static final int MOST_KEPT = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .addMixIn(Bandwidth.class, LimitsOnly.class)
        .addMixIn(Trigger.class, Flat.class)
        .build();

    /** Each task reads the policy and the registries of its execution again. */
    private static final Cache<Text, Object> VALUES = Caffeine.newBuilder()
        .maximumSize(MOST_KEPT)
        .executor(Runnable::run)
        .build();

    private PolicyJson() {
    }

    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        }
        catch (JsonProcessingException ex) {
            throw new IllegalStateException("cannot write a row's JSON", ex);
        }
    }

    /** Reads a value; rows with the same text share it, so its type is immutable. */
    public static <T> T read(String json, Class<T> type) {
        return type.cast(VALUES.get(new Text(json, type), Text::read));
    }

    private static Object parse(String json, Class<?> type) {
        try {
            return MAPPER.readValue(json, type);
        }
        catch (JsonProcessingException ex) {
            throw new UncheckedIOException("read a row's JSON: " + ex.getOriginalMessage(), ex);
        }
    }

    /** A timetable alone; a schedule's row keeps it to see whether it has changed. */
    public static String write(Timetable timetable) {
        return write(FlatTrigger.of(null, Optional.of(timetable)));
    }

    /** The text of a value. */
    private record Text(String json, Class<?> type) {

        Object read() {
            return parse(this.json, this.type);
        }

    }

    /** No limit is an empty object, which queries search for. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    interface LimitsOnly {

    }

    @JsonSerialize(converter = Flattening.class)
    @JsonDeserialize(converter = Unflattening.class)
    interface Flat {

    }

    static final class Flattening extends StdConverter<Trigger, FlatTrigger> {

        @Override
        public FlatTrigger convert(Trigger trigger) {
            return FlatTrigger.of(trigger.type(), trigger.byTheClock());
        }

    }

    static final class Unflattening extends StdConverter<FlatTrigger, Trigger> {

        @Override
        public Trigger convert(FlatTrigger row) {
            return row.trigger();
        }

    }

    /**
     * A trigger in a row.
     *
     * @param type null for a timetable alone
     * @param cron null for a trigger without a timetable
     * @param misfire in capitals
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FlatTrigger(@Nullable String type, @Nullable String cron, @Nullable String timeZone,
            @Nullable String misfire, @Nullable Long spreadSeconds) {

        static FlatTrigger of(@Nullable String type, Optional<Timetable> timetable) {
            return timetable
                .map((times) -> new FlatTrigger(type, times.cron().text(), times.zone().getId(), times.misfire().name(),
                        times.spread().toSeconds()))
                .orElseGet(() -> new FlatTrigger(type, null, null, null, null));
        }

        Trigger trigger() {
            return switch (String.valueOf(this.type)) {
                case "manual" -> new Trigger.Manual();
                case "event" -> new Trigger.Event((this.cron != null) ? timetable(this.cron) : null);
                case "scheduled" -> new Trigger.Scheduled(timetable(String.valueOf(this.cron)));
                default -> throw new IllegalStateException("the database has a trigger of unknown type " + this.type);
            };
        }

        // The policy in an old execution's row may have only the expression.
        private Timetable timetable(String expression) {
            return new Timetable(new Cron(expression), ZoneId.of(Objects.requireNonNullElse(this.timeZone, "UTC")),
                    Timetable.Misfire.valueOf(Objects.requireNonNullElse(this.misfire, "FIRE_ONCE")),
                    Duration.ofSeconds(Objects.requireNonNullElse(this.spreadSeconds, 0L)));
        }

    }

}
