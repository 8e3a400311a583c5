package e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.LivenessWatch;
import fixtures.RawServer;
import fixtures.RawServer.Talk;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What registries may answer to a node of 512 MB: one clear failure each, while it lives,
 * answers and copies for others.
 */
@Tag("long")
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRegistriesTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

    private static final String CHECK = "GET /v2/ ";

    private static final String CATALOG = "GET /v2/_catalog";

    private static final String TAGS = "GET /v2/lib/app/tags/list";

    private static final String MANIFEST = "GET /v2/lib/app/manifests/";

    private static final String BLOB = "GET /v2/lib/app/blobs/";

    private static final Talk REGISTRY = json("{}");

    private final Path home;

    private final Site source = Site.start();

    private final DrayageProcess drayage;

    private final Api api;

    private long there;

    private long unharmed;

    HostileRegistriesTest(@TempDir Path home) {
        this.home = home;
        this.drayage = DrayageProcess.start(home,
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_TRANSFER_ATTEMPTS", "1"),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        this.api = this.drayage.api();
    }

    @BeforeAll
    void createWhatIsUnharmed() {
        this.source.push("lib/app", "v1", Images.image(1, 100_000));
        long here = this.api.create("/api/registries",
                Map.of("name", "here", "registry_type", "oci", "url", this.source.url()));
        this.there = this.api.create("/api/registries",
                Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
        this.unharmed = this.api.create("/api/replication/policies", Map.of("name", "unharmed", "src_registry_id", here,
                "dest_registry_id", this.there, "dest_namespace", "good"));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.source.close();
    }

    /** What is answered to what, how the execution ends, and in which words. */
    static Stream<Arguments> answers() {
        String layers = "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"layers\": [";
        return Stream.of(
                arguments("a header line without an end", Map.of(CHECK, Talk.endless(OK + "X: ", "x")), "failed",
                        "the answer's header is longer than 64 KiB"),
                arguments("header lines without an end", Map.of(CATALOG, Talk.endless(OK, "X: y\r\n")), "failed",
                        "the answer's header is longer than 64 KiB"),
                arguments("a link of 300 kB",
                        Map.of(CATALOG,
                                Talk.text(OK + "Link: " + "<".repeat(300_000) + "\r\n\r\n{\"repositories\": []}")),
                        "failed", "the answer's header is longer than 64 KiB"),
                arguments("a link of 60 kB",
                        Map.of(CATALOG,
                                Talk.text(OK + "Link: " + "<>;rel=".repeat(8_500)
                                        + "\r\n\r\n{\"repositories\": [\"lib/app\"]}"),
                                TAGS, json("{\"tags\": []}")),
                        "partial", ""),
                arguments("an endless catalog in one answer",
                        Map.of(CATALOG, Talk.endless(OK + "\r\n{\"repositories\": [\"a\"", ", \"a\"")), "failed",
                        "the list has more than 1000000 names"),
                arguments("an endless catalog of pages that bring nothing",
                        Map.of(CATALOG, new Pages("{\"repositories\": [\"lib/app\"]}"), TAGS, json("{\"tags\": []}")),
                        "partial", "101 pages in a row brought no new name"),
                arguments("a catalog whose name has 20,000 parts",
                        Map.of(CATALOG, json("{\"repositories\": [\"" + "a/".repeat(20_000) + "a\"]}")), "partial",
                        "the list is not whole: 1 of its entries is no name"),
                arguments("NUL in a name", Map.of(CATALOG, json("{\"repositories\": [\"a\\u0000b\", null]}")),
                        "partial", "2 of its entries are no names: \"a\uFFFDb\", null"),
                arguments("a catalog nested without an end", Map.of(CATALOG, Talk.endless(OK + "\r\n{\"a\":", "[")),
                        "failed", "nested more than 64 deep"),
                arguments("an error page of 64 KiB of <",
                        Map.of(CATALOG, Talk.text("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n" + "<".repeat(65_536))),
                        "failed", "403"),
                arguments("an error page without an end",
                        Map.of(CATALOG, Talk.endless("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n", "<style")),
                        "failed", "403"),
                arguments("a challenge of 60 kB",
                        Map.of(CATALOG,
                                Talk.text("HTTP/1.1 401 No\r\nConnection: close\r\nWWW-Authenticate: "
                                        + "Bearer realm=\"".repeat(4_000) + "\r\n\r\n")),
                        "failed", "its token service \"Bearer realm=\" is neither http nor https"),
                arguments("ESC and a forged line in an error", Map
                    .of(CATALOG, Talk.text("HTTP/1.1 403 No\r\nConnection: close\r\n\r\n"
                            + "{\"errors\": [{\"code\": \"\\u001b[31mDENIED\", \"message\": \"x\\r\\n2026 ERROR forged\"}]}")),
                        "failed", "403 \uFFFD[31mDENIED \"x 2026 ERROR forged\""),
                tag("a manifest of 16 MiB of {},", Talk.text(OK + "\r\n" + layers + "{},".repeat(5_500_000)),
                        "the answer is longer than 4194304 bytes"),
                tag("a manifest of 4 MiB of {},", Talk.text(OK + "\r\n" + layers + "{},".repeat(1_300_000) + "{}]}"),
                        "a descriptor in layers has no size"),
                tag("a manifest nested without an end", Talk.endless(OK + "\r\n{\"a\": ", "["),
                        "the answer is longer than 4194304 bytes"),
                tag("a manifest of one string", Talk.endless(OK + "\r\n{\"a\": \"", "x"),
                        "the answer is longer than 4194304 bytes"),
                tag("a descriptor of 3 MB",
                        json(layers + "{\"digest\": \"" + "d".repeat(3_000_000) + "\", \"annotations\": {}}]}"),
                        "a descriptor in layers has no size"));
    }

    private static Arguments tag(String what, Talk manifest, String text) {
        return arguments(what, Map.of(CATALOG, json("{\"repositories\": [\"lib/app\"]}"), TAGS,
                json("{\"tags\": [\"v1\"]}"), MANIFEST, manifest), "failed", text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void is_one_clear_failure_and_harms_nobody(String what, Map<String, Talk> answers, String state, String text) {
        try (RawServer server = new RawServer().on(CHECK, REGISTRY)) {
            answers.forEach(server::on);
            JsonNode ended = unharmed(() -> run(what, server));
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo(state);
            assertThat(ended.get("status_text").asText()).contains(text).hasSizeLessThan(2500);
        }
    }

    @Test
    void many_large_manifests_at_once_fit() {
        String image = "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"x\": \"";
        List<String> names = Stream.iterate(0, (i) -> i + 1).limit(200).map((i) -> "\"v" + i + "\"").toList();
        try (RawServer server = new RawServer().on(CHECK, REGISTRY)
            .on(CATALOG, json("{\"repositories\": [\"lib/app\"]}"))
            .on(TAGS, json("{\"tags\": " + names + "}"))
            .on(MANIFEST, json(image + "x".repeat(4_000_000) + "\", \"layers\": [{\"size\": -1}]}"))) {
            JsonNode ended = unharmed(() -> run("large manifests", server));
            assertThat(ended.get("status").asText()).isEqualTo("failed");
            assertThat(ended.get("status_text").asText()).contains("a descriptor in layers has no size");
        }
    }

    @Test
    void a_layer_that_goes_on_is_not_taken() throws IOException {
        String digest = "sha256:" + "a".repeat(64);
        String image = "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"layers\": "
                + "[{\"mediaType\": \"application/vnd.oci.image.layer.v1.tar\", \"digest\": \"" + digest
                + "\", \"size\": 1000}]}";
        try (RawServer server = new RawServer().on(CHECK, REGISTRY)
            .on(CATALOG, json("{\"repositories\": [\"lib/app\"]}"))
            .on(TAGS, json("{\"tags\": [\"v1\"]}"))
            .on(MANIFEST, json(image))
            .on(BLOB, Talk.endless(OK + "\r\n", "x".repeat(16 * 1024)))) {
            JsonNode ended = unharmed(() -> run("layer", server));
            assertThat(ended.get("status").asText()).isEqualTo("failed");
            assertThat(ended.get("status_text").asText())
                .contains("the source sent more than the 1000 bytes it announced");
            try (Stream<Path> written = Files.walk(this.home)) {
                assertThat(written.filter((file) -> file.toString().contains(".uploads/"))).isEmpty();
            }
        }
    }

    /** While the work is done, it lives and copies for others. */
    private JsonNode unharmed(Supplier<JsonNode> work) {
        try (LivenessWatch watch = LivenessWatch.of(this.api)) {
            CompletableFuture<JsonNode> hostile = CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
            do {
                assertThat(this.api.run(this.unharmed).get("status").asText()).isEqualTo("succeeded");
            }
            while (!hostile.isDone());
            watch.expectPrompt();
            assertThat(this.drayage.alive()).isTrue();
            assertThat(this.drayage.logLines(List.of("OutOfMemoryError", "StackOverflowError", "\u001b"))).isEmpty();
            return hostile.join();
        }
    }

    private JsonNode run(String what, RawServer server) {
        String name = "hostile " + what.codePoints()
            .filter(Character::isLetterOrDigit)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        long from = this.api.create("/api/registries",
                Map.of("name", name, "registry_type", "oci", "url", server.url().toString(), "force", true));
        long policy = this.api.create("/api/replication/policies", Map.of("name", name, "src_registry_id", from,
                "dest_registry_id", this.there, "dest_namespace", "x" + from));
        JsonNode ended = this.api.ended(this.api.start(policy), Duration.ofMinutes(4));
        this.api.delete("/api/replication/policies/" + policy).expect(204);
        this.api.delete("/api/registries/" + from).expect(204);
        return ended;
    }

    private static Talk json(String body) {
        return Talk.text(OK + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Each page leads to one more. */
    private static final class Pages implements Talk {

        private final String body;

        private int count;

        Pages(String body) {
            this.body = body;
        }

        @Override
        public synchronized void speak(OutputStream out) throws IOException {
            this.count++;
            out.write((OK + "Link: <?last=" + this.count + ">; rel=\"next\"\r\nContent-Length: " + this.body.length()
                    + "\r\n\r\n" + this.body)
                .getBytes(StandardCharsets.US_ASCII));
        }

    }

}
