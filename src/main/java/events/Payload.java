package events;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import replication.Refusal;
import replication.event.HookDelivery;

/** Parses input that anybody may post, within bounds; it fails only with a refusal. */
final class Payload {

    /** Names, values and brackets; their tree takes about 8 MiB. */
    private static final int MOST_TOKENS = 300_000;

    private static final String FORM = "application/x-www-form-urlencoded";

    /** The one field that a form has. */
    private static final String FORM_FIELD = "payload";

    private static final JsonMapper JSON = JsonMapper
        .builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxTokenCount(MOST_TOKENS)
                .maxNumberLength(64)
                .maxNameLength(1_024)
                .maxStringLength(1 << 20)
                .build())
            .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private Payload() {
    }

    /**
     * Parses a JSON object.
     * @param field the field that a refusal names
     */
    static Field parse(String field, byte[] bytes) {
        JsonNode document = document(field, bytes);
        if (!document.isObject()) {
            throw new Refusal.Invalid(field, document.isMissingNode() ? "it is empty, but a JSON object is expected"
                    : "a JSON object is expected");
        }
        return Field.root(field, document);
    }

    /** The JSON object of a delivery, or of the payload of a form, as GitHub sends it. */
    static Field of(HookDelivery delivery) {
        return form(delivery).map((payload) -> parse(FORM_FIELD, payload.getBytes(StandardCharsets.UTF_8)))
            .orElseGet(() -> parse("body", delivery.body()));
    }

    /** The JSON object of a delivery, if it is one. */
    static Optional<Field> find(HookDelivery delivery) {
        try {
            return Optional.of(of(delivery));
        }
        catch (Refusal _) {
            return Optional.empty();
        }
    }

    private static JsonNode document(String field, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        }
        catch (JsonProcessingException ex) {
            throw new Refusal.Invalid(field, "it cannot be read as JSON: " + Quote.words(ex.getOriginalMessage()));
        }
        catch (IOException ex) {
            throw new Refusal.Invalid(field, "it cannot be read as JSON: " + Quote.words(ex.getMessage()));
        }
    }

    /**
     * The field of a form; empty if the body is no form or lacks the field, because curl
     * calls every body a form.
     */
    private static Optional<String> form(HookDelivery delivery) {
        return delivery.header("Content-Type")
            .filter((type) -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
            .flatMap((_) -> first("&" + new String(delivery.body(), StandardCharsets.UTF_8)))
            .map(Payload::decoded);
    }

    private static Optional<String> first(String fields) {
        String start = "&" + FORM_FIELD + "=";
        int from = fields.indexOf(start);
        if (from < 0) {
            return Optional.empty();
        }
        int end = fields.indexOf('&', from + start.length());
        return Optional.of(fields.substring(from + start.length(), (end < 0) ? fields.length() : end));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        }
        catch (IllegalArgumentException _) {
            throw new Refusal.Invalid(FORM_FIELD, "the form's payload is not encoded correctly");
        }
    }

}
