package api;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import api.execution.ExecutionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import replication.Refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of a body that is not as this API speaks. */
class RequestJsonTest {

    static Stream<Arguments> malformed() {
        return Stream.of(row("nothing", "", "must be a JSON object"), row("blanks", " \n ", "must be a JSON object"),
                row("null", "null", "must be a JSON object"), row("an array", "[]", "must be a JSON object"),
                row("a string", "\"x\"", "must be a JSON object"), row("a cut", "{\"name\":", "not JSON: line 1"),
                row("another language", "name: x", "not JSON: line 1"),
                row("two objects", "{} {}", "must be a JSON object"), row("more behind it", "{} x", "not JSON"),
                row("a comment", "{/* x */}", "not JSON"), row("single quotes", "{'name': 'x'}", "not JSON"),
                row("not a number", "{\"policy_id\": NaN}", "not JSON"),
                row("a byte order mark", "\uFEFF{}", "byte order mark"),
                row("UTF-16", "{}".getBytes(StandardCharsets.UTF_16LE), "NUL"),
                row("Latin", "{\"name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1), "not UTF-8"),
                row("an overlong form", new byte[] { '{', (byte) 0xC0, (byte) 0xAF, '}' }, "not UTF-8"),
                row("a lone surrogate", new byte[] { '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"' }, "not UTF-8"),
                row("NUL", "{\"name\": \"\\u0000\"}", "NUL"), row("a raw NUL", "{\"name\": \"\0\"}", "NUL"),
                row("a name twice", "{\"policy_id\": 1, \"policy_id\": 2}", "names a field twice"),
                row("a name twice, deeper", "{\"policy\": {\"name\": \"a\", \"name\": \"b\"}}", "names a field twice"),
                row("depth", "[".repeat(2_000), "bound"),
                row("depth of objects", "{\"policy\":".repeat(2_000), "bound"),
                row("depth where nothing is known", "{\"x\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}", "bound"),
                row("depth in a field", "{\"policy\": {\"filters\": " + "[".repeat(40) + "]".repeat(40) + "}}",
                        "bound"),
                row("a long number", "{\"policy_id\": " + "9".repeat(1_000) + "}", "bound"),
                row("a long name", "{\"" + "n".repeat(70_000) + "\": 1}", "bound"),
                row("a long text", "{\"policy\": {\"name\": \"" + "n".repeat(600_000) + "\"}}", "bound"),
                row("many values", "{\"policy\": {\"filters\": [" + "{},".repeat(60_000) + "{}]}}", "bound"));
    }

    private static Arguments row(String name, String body, String detail) {
        return row(name, body.getBytes(StandardCharsets.UTF_8), detail);
    }

    private static Arguments row(String name, byte[] body, String detail) {
        return Arguments.of(name, body, detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void malformed(String name, byte[] body, String detail) {
        assertThatExceptionOfType(RuntimeException.class).as(name)
            .isThrownBy(() -> RequestJson.read(body, ExecutionRequest.class))
            .withMessageContaining(detail)
            .satisfies((failure) -> {
                ApiAnswer answer = new Problems((_) -> false).answer(failure);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.body()).hasSizeLessThan(400).doesNotContain("nnnnn", "StreamRead", "com.fasterxml");
            });
    }

    static Stream<Arguments> mismatched() {
        return Stream.of(Arguments.of("{\"policy_id\": \"1\"}", "policy_id"),
                Arguments.of("{\"policy_id\": 1.5}", "policy_id"),
                Arguments.of("{\"policy_id\": 1e400000000}", "policy_id"),
                Arguments.of("{\"policy_id\": 9223372036854775808}", "policy_id"),
                Arguments.of("{\"policy_id\": {}}", "policy_id"), Arguments.of("{\"policy_id\": true}", "policy_id"),
                Arguments.of("{\"policy\": \"\"}", "policy"), Arguments.of("{\"policy\": []}", "policy"),
                Arguments.of("{\"policy\": {\"enabled\": \"true\"}}", "policy.enabled"),
                Arguments.of("{\"policy\": {\"enabled\": 1}}", "policy.enabled"),
                Arguments.of("{\"policy\": {\"name\": 1}}", "policy.name"),
                Arguments.of("{\"policy\": {\"filters\": {}}}", "policy.filters"),
                Arguments.of("{\"policy\": {\"filters\": [{\"type\": []}]}}", "policy.filters[0].type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mismatched(String body, String field) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> read(body))
            .matches((refusal) -> refusal.field().equals(field), field)
            .withMessageContaining("wrong type");
    }

    @Test
    void a_field_that_there_is_not_is_named_in_one_harmless_line() {
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> read("{\"colour\\u001b[31m\\r\\n" + "x".repeat(200) + "\": 1}"))
            .withMessageStartingWith("there is no field \"colour\uFFFD[31m xxx")
            .withMessageEndingWith("…\"");
    }

    private static ExecutionRequest read(String body) {
        return RequestJson.read(body.getBytes(StandardCharsets.UTF_8), ExecutionRequest.class);
    }

}
