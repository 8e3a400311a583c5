package store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.policy.Cron;
import replication.policy.Trigger;

/** A trigger as the database keeps it: {@code {"type", "cron"}}. */
final class TriggerJson {

    private TriggerJson() {
    }

    static ObjectNode write(Trigger trigger) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", trigger.type());
        return switch (trigger) {
            case Trigger.Manual _, Trigger.Event _ -> json;
            case Trigger.Scheduled(Cron cron) -> json.put("cron", cron.text());
        };
    }

    static Trigger read(JsonNode json) {
        String type = json.required("type").asText();
        return switch (type) {
            case "manual" -> new Trigger.Manual();
            case "event" -> new Trigger.Event();
            case "scheduled" -> new Trigger.Scheduled(new Cron(json.required("cron").asText()));
            default -> throw new IllegalStateException("the database has a trigger of unknown type " + type);
        };
    }

}
