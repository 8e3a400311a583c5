package oci.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.OutsideText;

/**
 * What a registry says of its refusal (OCI distribution specification, "Error Codes").
 *
 * @param codes such as {@code NAME_UNKNOWN}; empty where the body is no such document
 * @param words the code with the registry's message, or the first words of any other body
 */
public record ErrorBody(List<String> codes, String words) {

    private static final int FIRST_WORDS = 200;

    /** In characters; the longest of the specification has 21. */
    private static final int LONGEST_CODE = 100;

    /** How many errors of one answer are shown. */
    private static final int MOST = 5;

    /** Where Tencent's and Volcengine's APIs put the one error of an answer. */
    private static final List<String> PLACES = List.of("/Response/Error", "/ResponseMetadata/Error");

    /** The specification's name first, then Huawei's, AWS's and the others'. */
    private static final List<String> CODES = List.of("code", "errorCode", "__type", "Code");

    private static final List<String> MESSAGES = List.of("message", "errorMessage", "Message");

    public static ErrorBody of(byte[] body) {
        return within(Json.lenient(body)).orElseGet(() -> {
            String text = firstWords(PageText.of(new String(body, StandardCharsets.UTF_8)).strip());
            return new ErrorBody(List.of(), text.isEmpty() ? "" : "\"" + text + "\"");
        });
    }

    /**
     * The errors in an answer, whatever its status: those of the specification, or those
     * of a cloud's API. Empty where there are none.
     */
    public static Optional<ErrorBody> within(JsonNode answer) {
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (JsonNode error : errors(answer)) {
            if (codes.size() == MOST) {
                break;
            }
            String named = first(error, CODES);
            // AWS may put the service before it.
            String code = OutsideText.line(named.substring(named.lastIndexOf('#') + 1), LONGEST_CODE);
            codes.add(code);
            String message = firstWords(first(error, MESSAGES));
            words.add(message.isEmpty() ? code : (code + " \"" + message + "\"").strip());
        }
        return codes.isEmpty() ? Optional.empty()
                : Optional.of(new ErrorBody(List.copyOf(codes), String.join(", ", words)));
    }

    private static Iterable<JsonNode> errors(JsonNode answer) {
        for (String place : PLACES) {
            if (answer.at(place).isObject()) {
                return List.of(answer.at(place));
            }
        }
        // Alibaba's successes have a code as well, but no message.
        return (answer.path("__type").isTextual()
                || (answer.path("Code").isTextual() && answer.path("Message").isTextual())
                || (answer.path("IsSuccess").isBoolean() && !answer.path("IsSuccess").asBoolean())) ? List.of(answer)
                        : answer.path("errors");
    }

    private static String first(JsonNode error, List<String> names) {
        return names.stream()
            .map((name) -> error.path(name).asText(""))
            .filter((text) -> !text.isEmpty())
            .findFirst()
            .orElse("");
    }

    public static String firstWords(String text) {
        return OutsideText.line(text.strip(), FIRST_WORDS);
    }

    /** Whether it is empty. */
    boolean silent() {
        return this.codes.isEmpty() && this.words.isEmpty();
    }

    public boolean says(String code) {
        return this.codes.contains(code);
    }

}
