package api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import oci.model.OutsideText;
import org.jspecify.annotations.Nullable;
import replication.InvalidField;
import replication.Refusal;

/**
 * The API's JSON: snake case, times as RFC 3339, within bounds, each name once, and no
 * unknown names.
 */
public final class RequestJson {

    /** Levels of objects and arrays in a request. */
    static final int MOST_DEPTH = 32;

    /** Names, values and brackets in a request: some 7,000 reported artifacts. */
    static final int MOST_TOKENS = 100_000;

    private static final int MOST_NAME = 256;

    private static final int MOST_DIGITS = 64;

    private static final int MOST_STRING = 1 << 19;

    private static final int MOST_SHOWN = 100;

    private static final String NO_OBJECT = "the body must be a JSON object";

    private static final List<String> DUPLICATE = List.of("Duplicate field", "Duplicate Object property");

    private static final ObjectMapper MAPPER = JsonMapper
        .builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(MOST_DEPTH)
                .maxTokenCount(MOST_TOKENS)
                .maxNameLength(MOST_NAME)
                .maxNumberLength(MOST_DIGITS)
                .maxStringLength(MOST_STRING)
                .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
        .addModule(new JavaTimeModule())
        .addModule(new SimpleModule().setDeserializerModifier(new KnownFields.OfPolicies()))
        .addMixIn(DayOfWeek.class, DayNames.class)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, (config) -> {
            config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
            config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        })
        .withCoercionConfig(LogicalType.Enum, RequestJson::emptyIsAbsent)
        .withCoercionConfig(LogicalType.DateTime, RequestJson::emptyIsAbsent)
        .build();

    /** The refusals of texts that are no value of a type. */
    private static final Map<Class<?>, String> EXPECTED = Map.of(LocalTime.class,
            "a time is from 00:00 to 23:59, not \"%s\"", DayOfWeek.class,
            "a day is mon, tue, wed, thu, fri, sat or sun, not \"%s\"", ZoneId.class,
            "there is no time zone \"%s\"; one is written like UTC or Europe/Berlin");

    private RequestJson() {
    }

    private static void emptyIsAbsent(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        }
        catch (JsonProcessingException ex) {
            throw new IllegalStateException("cannot write an answer as JSON", ex);
        }
    }

    /**
     * Reads a request.
     * @throws Malformed if the body is not JSON or exceeds a bound
     * @throws Refusal.Invalid if it has an unknown field or a wrong value
     */
    public static <T> T read(byte[] body, Class<T> type) {
        String text = text(body);
        requireJson(text);
        try {
            T value = MAPPER.readValue(text, type);
            if (value == null) {
                throw new Malformed(NO_OBJECT);
            }
            return value;
        }
        catch (UnrecognizedPropertyException ex) {
            throw new Refusal.Invalid(path(ex),
                    "there is no field \"" + OutsideText.line(ex.getPropertyName(), MOST_SHOWN) + "\"");
        }
        catch (JsonMappingException ex) {
            throw refusal(ex);
        }
        catch (JsonProcessingException ex) {
            throw new Malformed(NO_OBJECT);
        }
    }

    private static RuntimeException refusal(JsonMappingException ex) {
        String path = path(ex);
        if (ex.getCause() instanceof InvalidField invalid) {
            return new Refusal.Invalid(path.isEmpty() ? invalid.field() : path + "." + invalid.field(),
                    String.valueOf(invalid.getMessage()));
        }
        if (path.isEmpty()) {
            return new Malformed(NO_OBJECT);
        }
        return new Refusal.Invalid(path, switch (ex) {
            case InvalidFormatException format when format.getValue() instanceof String text ->
                mismatch(path, format, OutsideText.line(text, MOST_SHOWN));
            case InvalidNullException missing when missing.getTargetType().isRecord() -> path + " is null; it has "
                    + Arrays.stream(missing.getTargetType().getRecordComponents())
                        .map((component) -> component.getName())
                        .collect(Collectors.joining(", "));
            case InvalidNullException _ -> path + " is null";
            default -> "the value of \"" + path + "\" has the wrong type";
        });
    }

    private static String mismatch(String path, InvalidFormatException format, String text) {
        Class<?> type = format.getTargetType();
        if (type.isEnum() && !EXPECTED.containsKey(type)) {
            return "%s must be one of %s, but is \"%s\"".formatted(path,
                    Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT), text);
        }
        return EXPECTED.getOrDefault(type, "the value \"%s\" has the wrong type").formatted(text);
    }

    // The whole text is parsed first, so that a syntax error is reported as one wherever
    // it is.
    private static void requireJson(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            while (parser.nextToken() != null) {
                parser.finishToken();
            }
        }
        catch (StreamConstraintsException ex) {
            // Jackson's message ends with the method that sets the bound.
            String message = OutsideText.line(ex.getOriginalMessage(), MOST_SHOWN);
            int method = message.indexOf(", from ");
            throw new Malformed(
                    "the body exceeds a bound: " + ((method > 0) ? message.substring(0, method) + ")" : message));
        }
        catch (JsonProcessingException ex) {
            throw new Malformed(fault(ex) + place(ex.getLocation()));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String text(byte[] body) {
        String text;
        try {
            text = UriText.utf8(body);
        }
        catch (IllegalArgumentException ex) {
            throw new Malformed("the body is not JSON: " + ex.getMessage());
        }
        if (text.isBlank()) {
            throw new Malformed(NO_OBJECT);
        }
        if (text.charAt(0) == '\uFEFF') {
            throw new Malformed("the body begins with a byte order mark, which JSON does not allow");
        }
        // PostgreSQL's text cannot hold NUL.
        if (text.indexOf('\0') >= 0 || text.contains("\\u0000")) {
            throw new Malformed("the body holds a NUL character");
        }
        return text;
    }

    private static String fault(JsonProcessingException ex) {
        return DUPLICATE.stream().anyMatch(ex.getOriginalMessage()::startsWith) ? "the body names a field twice: "
                : "the body is not JSON: ";
    }

    private static String place(@Nullable JsonLocation location) {
        return (location == null) ? "somewhere" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(JsonMappingException ex) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : ex.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            }
            else {
                path.append(path.isEmpty() ? "" : ".").append(OutsideText.line(step.getFieldName(), MOST_SHOWN));
            }
        }
        return path.toString();
    }

    /** The names of days in the API. */
    enum DayNames {

        @JsonProperty("mon")
        MONDAY, @JsonProperty("tue")
        TUESDAY, @JsonProperty("wed")
        WEDNESDAY, @JsonProperty("thu")
        THURSDAY, @JsonProperty("fri")
        FRIDAY, @JsonProperty("sat")
        SATURDAY, @JsonProperty("sun")
        SUNDAY

    }

    /** The body is not JSON. Its text is not repeated, because it may hold a secret. */
    static final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }

    }

}
