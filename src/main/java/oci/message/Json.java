package oci.message;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import oci.model.OutsideText;

/** Reads JSON from registries within one set of bounds for depth and length. */
public final class Json {

    /** A descriptor may carry its content, and no manifest is longer. */
    private static final int LONGEST_STRING = 4 * 1024 * 1024;

    private static final int DEEPEST = 64;

    /** In characters, of what the parser says. */
    private static final int LONGEST_FAULT = 200;

    /** The message for a document beyond these bounds. */
    public static final String BEYOND = "the answer is nested more than %d deep, or has a string of more than %d bytes"
        .formatted(DEEPEST, LONGEST_STRING);

    public static final JsonFactory FACTORY = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_STRING)
            .maxNameLength(10_000)
            .maxNumberLength(100)
            .build())
        // An answer closes its own stream, when its connection may be used again.
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private Json() {
    }

    /** The document; a missing node where the body is no JSON. */
    public static JsonNode lenient(byte[] body) {
        try {
            return MAPPER.readTree(body);
        }
        catch (IOException _) {
            return MissingNode.getInstance();
        }
    }

    /**
     * What is wrong with a text that is no JSON, in one line. The parser's own message
     * has two lines and repeats the text unescaped.
     */
    public static String fault(IOException ex) {
        if (!(ex instanceof JsonProcessingException json) || json.getLocation() == null) {
            return OutsideText.line(String.valueOf(ex.getMessage()), LONGEST_FAULT);
        }
        return "%s (line %d, column %d)".formatted(OutsideText.line(json.getOriginalMessage(), LONGEST_FAULT),
                json.getLocation().getLineNr(), json.getLocation().getColumnNr());
    }

    /**
     * Whether the end of a document is missing, or all of it. That happens also where no
     * length was told: an answer that breaks off within its head looks whole.
     */
    public static boolean cut(byte[] body) {
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
