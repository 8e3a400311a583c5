package oci.remote;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.RawServer;
import fixtures.RawServer.Talk;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.message.ErrorBody;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Answers that were made to take memory or time, or to be shown to somebody. */
class OddAnswerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    static Stream<Arguments> heads_without_an_end() {
        return Stream.of(arguments("a header line", Talk.endless(OK + "X: ", "x")),
                arguments("header lines", Talk.endless(OK, "X: y\r\n")),
                arguments("a folded header", Talk.endless(OK + "X: y\r\n", " z\r\n")),
                arguments("a status line", Talk.endless("HTTP/1.1 200 ", "OK")),
                arguments("a challenge",
                        Talk.endless("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"", "a")),
                arguments("a link of 300 kB", Talk
                    .text(OK + "Link: <" + "a".repeat(300_000) + ">; rel=\"next\"\r\nContent-Length: 2\r\n\r\n{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("heads_without_an_end")
    void a_head_is_bounded(String what, Talk talk) {
        try (RawServer server = new RawServer().on("GET /v2/ ", talk); RemoteRegistry registry = connect(server)) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class).as(what)
                .isThrownBy(registry::check)
                .withMessage("check %s: the answer's header is longer than 64 KiB", server.host());
        }
    }

    @Test
    void a_long_head_is_read() {
        try (RawServer server = new RawServer().on("GET /v2/ ", Talk.text(OK + "X: " + "x".repeat(60_000)
                + "\r\nContent-Length: 2\r\nConnection: close\r\nDocker-Distribution-API-Version: registry/2.0\r\n\r\n{}"));
                RemoteRegistry registry = connect(server)) {
            registry.check();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            value = { "<", "<style", "<script><", "< ", "<style></styl", "<a", "\u001b[31m" })
    void a_page_of_64_kib_of_anything_is_read_at_once(String part) {
        String page = part.repeat(64 * 1024 / part.length());
        ErrorBody error = ErrorBody.of(page.getBytes(StandardCharsets.UTF_8));
        assertThat(error.codes()).isEmpty();
        assertThat(error.words()).hasSizeLessThanOrEqualTo(202).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            value = { "<html><style>p { }</style><h1>502 Bad  Gateway</h1></html>|502 Bad Gateway",
                    "<script>alert(1)</script>Busy|Busy", "a < b|a < b", "no tags|no tags", "<style>never ends|",
                    "x<script src='y'/>z</script>|x" })
    void the_words_of_a_page_are_told(String page, String words) {
        assertThat(ErrorBody.of(page.getBytes(StandardCharsets.UTF_8)).words())
            .isEqualTo((words != null) ? '"' + words + '"' : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = { "\\u001b]0;owned\\u0007|\uFFFD]0;owned\uFFFD",
            "A\\r\\nB|A B", "\\u202eX|\uFFFDX", "\\u009b31m|\uFFFD31m" })
    void what_a_registry_says_is_one_harmless_line(String said, String shown) {
        try (FaultyRegistry faulty = new FaultyRegistry(); RemoteRegistry registry = connect(faulty)) {
            faulty.on("GET", "/v2/", Reply.error(403, said, said));
            assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(registry::check)
                .withMessage("check %s: 403 %s \"%s\"", faulty.host(), shown, shown)
                .satisfies((failure) -> assertThat(failure.reason().hint())
                    .isEqualTo("the credential is wrong or missing"));
        }
    }

    @Test
    void many_errors_of_many_words_are_clipped() {
        String error = "{\"code\": \"%s\", \"message\": \"%s\"},".formatted("C".repeat(500), "m".repeat(5000));
        String body = "{\"errors\": [" + error.repeat(10) + "{}]}";
        ErrorBody read = ErrorBody.of(body.getBytes(StandardCharsets.UTF_8));
        assertThat(read.codes()).hasSize(5);
        assertThat(read.words()).hasSizeLessThan(5 * 320);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{},", "[", " ", "\"", "{\"a\":" })
    void a_manifest_of_16_mib_is_not_read(String part) {
        try (RawServer server = new RawServer().on("GET /v2/app/manifests/v1 ", Talk
            .text(OK + "Connection: close\r\n\r\n{\"layers\": [" + part.repeat(16 * 1024 * 1024 / part.length())));
                RemoteRegistry registry = connect(server)) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> registry.source("app", new StopSignal()).manifest("v1"))
                .withMessage("pull manifest %s/app:v1: the answer is longer than 4194304 bytes", server.host());
        }
    }

    @Test
    void a_deep_error_is_no_error_document() {
        String body = "{\"errors\": " + "[".repeat(30_000);
        assertThat(ErrorBody.of(body.getBytes(StandardCharsets.UTF_8)).codes()).isEmpty();
    }

    private static RemoteRegistry connect(RawServer server) {
        return RemoteRegistry.connect(Registered.at(server.url()).access(), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS));
    }

    private static RemoteRegistry connect(FaultyRegistry server) {
        return RemoteRegistry.connect(Registered.at(server.url()).access(), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS));
    }

}
