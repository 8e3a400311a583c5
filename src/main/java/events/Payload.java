package events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import replication.Refusal;
import replication.event.HookDelivery;

/**
 * Parses what anyone may post: within bounds, and with no other failure than a refusal.
 */
final class Payload {

    /** Names, values and brackets: their tree takes some 8 MiB. */
    private static final int MOST_TOKENS = 300_000;

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
     * @param field what the refusal is about
     */
    static Field parse(String field, byte[] bytes) {
        JsonNode document = document(field, bytes);
        if (!document.isObject()) {
            throw new Refusal.Invalid(field, document.isMissingNode() ? "it is empty, but a JSON object is expected"
                    : "a JSON object is expected");
        }
        return Field.root(field, document);
    }

    /** The object of a delivery; of a form, as GitHub sends by default, its payload. */
    static Field of(HookDelivery delivery) {
        return Form.payload(delivery)
            .map((payload) -> parse(Form.PAYLOAD, payload.getBytes(StandardCharsets.UTF_8)))
            .orElseGet(() -> parse("body", delivery.body()));
    }

    /** The object, if it is one at all. */
    static Optional<Field> glance(HookDelivery delivery) {
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

}
