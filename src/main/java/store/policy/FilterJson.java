package store.policy;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.ResourceType;
import replication.policy.Filter;
import replication.policy.Glob;

/** A filter as the database keeps it: {@code {"type", "value", "decoration"}}. */
final class FilterJson {

    private FilterJson() {
    }

    static ObjectNode write(Filter filter) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", filter.type());
        return switch (filter) {
            case Filter.Name(Glob glob, Filter.Decoration decoration) -> write(json, glob, decoration);
            case Filter.Tag(Glob glob, Filter.Decoration decoration) -> write(json, glob, decoration);
            case Filter.Resource(ResourceType resource) -> json.put("value", resource.id());
        };
    }

    private static ObjectNode write(ObjectNode json, Glob glob, Filter.Decoration decoration) {
        return json.put("value", glob.toString()).put("decoration", decoration.name().toLowerCase(Locale.ROOT));
    }

    static Filter read(JsonNode json) {
        String type = json.required("type").asText();
        String value = json.required("value").asText();
        return switch (type) {
            case "name" -> new Filter.Name(Glob.of(value), decoration(json));
            case "tag" -> new Filter.Tag(Glob.of(value), decoration(json));
            case "resource" -> new Filter.Resource(ResourceType.valueOf(value.toUpperCase(Locale.ROOT)));
            default -> throw new IllegalStateException("the database has a filter of unknown type " + type);
        };
    }

    private static Filter.Decoration decoration(JsonNode json) {
        return Filter.Decoration.valueOf(json.required("decoration").asText().toUpperCase(Locale.ROOT));
    }

}
