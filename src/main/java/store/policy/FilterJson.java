package store.policy;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.policy.Filter;

/** A filter as the database keeps it: {@code {"type", "value", "decoration"}}. */
final class FilterJson {

    private FilterJson() {
    }

    static ObjectNode write(Filter filter) {
        return JsonNodeFactory.instance.objectNode()
            .put("type", filter.type())
            .put("value", filter.value())
            .put("decoration", filter.decoration().id());
    }

    // A filter of a resource type that an earlier version wrote has no decoration.
    static Filter read(JsonNode json) {
        return new Filter(json.required("type").asText(), json.required("value").asText(),
                Filter.Decoration.valueOf(json.path("decoration").asText("matches").toUpperCase(Locale.ROOT)));
    }

}
