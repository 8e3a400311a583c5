package store.sql;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;

/** Between JSON columns and trees. */
public final class RowJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private RowJson() {
    }

    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        }
        catch (JsonProcessingException ex) {
            throw new UncheckedIOException("read a JSON column: " + ex.getOriginalMessage(), ex);
        }
    }

    public static <T> ArrayNode array(List<T> items, Function<T, JsonNode> write) {
        return JsonNodeFactory.instance.arrayNode().addAll(items.stream().map(write).toList());
    }

    public static ArrayNode texts(List<String> items) {
        return array(items, TextNode::valueOf);
    }

    public static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>(array.size());
        array.forEach((item) -> items.add(read.apply(item)));
        return items;
    }

}
