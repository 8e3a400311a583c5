package oci;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry says of its refusal (OCI distribution specification, "Error Codes").
 *
 * @param codes such as {@code NAME_UNKNOWN}; empty where the body is no such document
 * @param words the code with the registry's message, or the first words of any other body
 */
record ErrorBody(List<String> codes, String words) {

    private static final int FIRST_WORDS = 200;

    static ErrorBody of(byte[] body) {
        List<String> codes = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (JsonNode error : Json.lenient(body).path("errors")) {
            String code = error.path("code").asText("");
            codes.add(code);
            String message = firstWords(error.path("message").asText(""));
            words.add(message.isEmpty() ? code : (code + " \"" + message + "\"").strip());
        }
        if (!codes.isEmpty()) {
            return new ErrorBody(List.copyOf(codes), String.join(", ", words));
        }
        String text = firstWords(
                new String(body, StandardCharsets.UTF_8).replaceAll("(?s)<(style|script).*?</\\1>", " ")
                    .replaceAll("<[^>]*>", " "));
        return new ErrorBody(List.of(), text.isEmpty() ? "" : "\"" + text + "\"");
    }

    static String firstWords(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return (line.length() <= FIRST_WORDS) ? line : line.substring(0, FIRST_WORDS).strip() + "…";
    }

    /** Whether it says nothing at all. */
    boolean silent() {
        return this.codes.isEmpty() && this.words.isEmpty();
    }

    boolean says(String code) {
        return this.codes.contains(code);
    }

}
