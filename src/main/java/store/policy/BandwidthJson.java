package store.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Window;
import store.sql.RowJson;

/** A limit of bandwidth; an empty object where there is none. */
public final class BandwidthJson {

    private BandwidthJson() {
    }

    public static ObjectNode write(Bandwidth bandwidth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!bandwidth.unlimited()) {
            json.put("bytes_per_second", bandwidth.bytesPerSecond());
            json.set("windows", RowJson.array(bandwidth.windows(), BandwidthJson::write));
        }
        return json;
    }

    private static ObjectNode write(Window window) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("days",
                RowJson.texts(window.days().stream().map((day) -> day.name().toLowerCase(Locale.ROOT)).toList()));
        return json.put("from", window.from().toString())
            .put("to", window.to().toString())
            .put("time_zone", window.zone().getId())
            .put("bytes_per_second", window.bytesPerSecond());
    }

    /**
     * None where there is nothing: a snapshot of the version before has no such thing.
     */
    public static Bandwidth read(JsonNode json) {
        return new Bandwidth(json.path("bytes_per_second").asLong(),
                RowJson.list(json.path("windows"), BandwidthJson::window));
    }

    private static Window window(JsonNode json) {
        return new Window(
                RowJson.list(json.required("days"), (day) -> DayOfWeek.valueOf(day.asText().toUpperCase(Locale.ROOT))),
                LocalTime.parse(json.required("from").asText()), LocalTime.parse(json.required("to").asText()),
                ZoneId.of(json.required("time_zone").asText()), json.required("bytes_per_second").asLong());
    }

}
