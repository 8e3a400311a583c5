package store.sql;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads JSON columns as trees. */
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

}
