package cli.shared;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as trees: a command passes on also those fields that it does not know. */
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
            throw new CommandFailed("the service answered with something else than JSON; is it Drayage?");
        }
    }

    /** A missing node where it is no JSON. */
    public static JsonNode lenient(String text) {
        try {
            return MAPPER.readTree(text);
        }
        catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /** What lists, maps and texts are as JSON. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** For people. */
    public static String pretty(JsonNode json) {
        return Shown.json(json.toPrettyString());
    }

}
