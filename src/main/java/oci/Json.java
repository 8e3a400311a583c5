package oci;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads what registries say. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {
    }

    /** The document; a missing one where it is none. */
    static JsonNode lenient(byte[] body) {
        try {
            return MAPPER.readTree(body);
        }
        catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

}
