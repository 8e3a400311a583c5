package api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.jspecify.annotations.Nullable;
import replication.Refusal;

/**
 * JSON as this API speaks it: snake case, times as RFC 3339, and nothing unknown let
 * through.
 */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .withCoercionConfig(LogicalType.Textual, (config) -> {
            config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        })
        .build();

    private Json() {
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        }
        catch (JsonProcessingException ex) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName() + " as JSON", ex);
        }
    }

    /**
     * Reads a request.
     * @throws Malformed where the body is not JSON
     * @throws Refusal.Invalid where it is, but has an unknown field or a value of the
     * wrong type
     */
    static <T> T read(@Nullable String body, Class<T> type) {
        if (body == null) {
            throw new Malformed("the body must be a JSON object");
        }
        // PostgreSQL's text cannot hold it, and nothing here has a use for it.
        if (body.indexOf('\0') >= 0 || body.contains("\\u0000")) {
            throw new Malformed("the body holds a NUL character");
        }
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw new Malformed("the body must be a JSON object");
            }
            return value;
        }
        catch (UnrecognizedPropertyException ex) {
            throw new Refusal.Invalid(path(ex), "there is no field \"" + ex.getPropertyName() + "\"");
        }
        catch (JsonMappingException ex) {
            if (ex.getPath().isEmpty()) {
                throw new Malformed("the body must be a JSON object");
            }
            throw new Refusal.Invalid(path(ex), "the value of \"" + path(ex) + "\" has the wrong type");
        }
        catch (JsonProcessingException ex) {
            throw new Malformed("the body is not JSON: line " + ex.getLocation().getLineNr() + ", column "
                    + ex.getLocation().getColumnNr());
        }
    }

    private static String path(JsonMappingException ex) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : ex.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            }
            else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** The body is not JSON. Its text is not repeated: it may hold a secret. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }

    }

}
