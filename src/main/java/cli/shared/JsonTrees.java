package cli.shared;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as trees, so that a command keeps fields that it does not know. */
public final class JsonTrees {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonTrees() {
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        }
        catch (IOException ex) {
            throw new CommandFailed("the service's answer is not JSON", "is it Drayage?");
        }
    }

    /** A missing node for a text that is no JSON. */
    public static JsonNode lenient(String text) {
        try {
            return MAPPER.readTree(text);
        }
        catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** Lists, maps and texts as JSON. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The JSON, indented for people. */
    public static String pretty(JsonNode json) {
        return Shown.json(json.toPrettyString());
    }

}
