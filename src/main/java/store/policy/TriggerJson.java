package store.policy;

import java.time.Duration;
import java.time.ZoneId;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import replication.policy.Cron;
import replication.policy.Timetable;
import replication.policy.Trigger;

/** A trigger as the database keeps it: {@code {"type", "cron", "time_zone", …}}. */
public final class TriggerJson {

    private TriggerJson() {
    }

    public static ObjectNode write(Trigger trigger) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", trigger.type());
        trigger.byTheClock().ifPresent((timetable) -> write(timetable, json));
        return json;
    }

    /** A timetable alone, as one text. */
    public static String write(Timetable timetable) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        write(timetable, json);
        return json.toString();
    }

    private static void write(Timetable timetable, ObjectNode json) {
        json.put("cron", timetable.cron().text())
            .put("time_zone", timetable.zone().getId())
            .put("misfire", timetable.misfire().name())
            .put("spread_seconds", timetable.spread().toSeconds());
    }

    static Trigger read(JsonNode json) {
        String type = json.required("type").asText();
        return switch (type) {
            case "manual" -> new Trigger.Manual();
            case "event" -> new Trigger.Event(timetable(json));
            case "scheduled" -> new Trigger.Scheduled(readTimetable(json));
            default -> throw new IllegalStateException("the database has a trigger of unknown type " + type);
        };
    }

    private static @Nullable Timetable timetable(JsonNode json) {
        return json.has("cron") ? readTimetable(json) : null;
    }

    // A snapshot of the version before has the expression alone.
    private static Timetable readTimetable(JsonNode json) {
        return new Timetable(new Cron(json.required("cron").asText()), ZoneId.of(json.path("time_zone").asText("UTC")),
                Timetable.Misfire.valueOf(json.path("misfire").asText("FIRE_ONCE")),
                Duration.ofSeconds(json.path("spread_seconds").asLong()));
    }

}
