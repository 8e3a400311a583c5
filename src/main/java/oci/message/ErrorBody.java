package oci.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

    public static ErrorBody of(byte[] body) {
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (JsonNode error : Json.lenient(body).path("errors")) {
            if (codes.size() == MOST) {
                break;
            }
            String code = OutsideText.line(error.path("code").asText(""), LONGEST_CODE);
            codes.add(code);
            String message = firstWords(error.path("message").asText(""));
            words.add(message.isEmpty() ? code : (code + " \"" + message + "\"").strip());
        }
        if (!codes.isEmpty()) {
            return new ErrorBody(List.copyOf(codes), String.join(", ", words));
        }
        String text = firstWords(PageText.of(new String(body, StandardCharsets.UTF_8)).strip());
        return new ErrorBody(List.of(), text.isEmpty() ? "" : "\"" + text + "\"");
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
