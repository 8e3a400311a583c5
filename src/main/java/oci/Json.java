package oci;

import java.io.IOException;

import com.fasterxml.jackson.core.io.JsonEOFException;
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

    /**
     * Whether the end of a document is missing, or all of it. That happens also where no
     * length was told: an answer that breaks off within its head looks whole.
     */
    static boolean cut(byte[] body) {
        try {
            return MAPPER.readTree(body).isMissingNode();
        }
        catch (JsonEOFException _) {
            return true;
        }
        catch (IOException _) {
            return false;
        }
    }

}
