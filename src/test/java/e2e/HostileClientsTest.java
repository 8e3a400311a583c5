package e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.LivenessWatch;
import fixtures.RawClient;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients may send to a node of 512 MB, which goes on answering, copying and coming
 * round to its duties.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileClientsTest {

    private static final long MANY = 420L << 20;

    private static final byte[] MEGABYTE = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CHUNK = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);

    private static final String LOGIN = "Authorization: Basic "
            + Base64.getEncoder().encodeToString(("admin:" + DrayageProcess.PASSWORD).getBytes(StandardCharsets.UTF_8))
            + "\r\n";

    private final Path files;

    private final Site source = Site.start();

    private final DrayageProcess drayage;

    private final Api api;

    private long policy;

    private String hook = "";

    private LivenessWatch liveness;

    private ExecutorService threads;

    HostileClientsTest(@TempDir Path home, @TempDir Path files) {
        this.files = files;
        this.drayage = DrayageProcess.start(home,
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_HTTP_BODY_TIME", "5s"),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=" + files);
        this.api = this.drayage.api();
    }

    @BeforeAll
    void createWhatIsUnharmed() {
        this.source.push("lib/app", "v1", Images.image(1, 100_000));
        long here = this.api.create("/api/registries",
                Map.of("name", "here", "registry_type", "oci", "url", this.source.url()));
        long there = this.api.create("/api/registries",
                Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
        this.policy = this.api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", here, "dest_registry_id", there));
        this.hook = this.api.post("/api/registries/" + here + "/hooks", Map.of())
            .expect(201)
            .json()
            .get("url")
            .asText();
    }

    @BeforeEach
    void watch() {
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.liveness = LivenessWatch.of(this.api);
    }

    /** It has lived all the time, and does what it is there for. */
    @AfterEach
    void unharmed() throws Exception {
        this.liveness.expectPrompt();
        this.threads.close();
        assertThat(this.api.run(this.policy).get("status").asText()).isEqualTo("succeeded");
        assertThat(this.api.deliver(this.hook, "{\"events\": []}", Map.of()).status()).isEqualTo(202);
        assertThat(this.drayage.log()).doesNotContain("OutOfMemoryError", "StackOverflowError", "answered 500");
        assertThat(this.drayage.alive()).isTrue();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.source.close();
    }

    @ParameterizedTest(name = "{0} {1} as {2}: {3}, {4}")
    @CsvSource(delimiter = '|', textBlock = """
            POST | /%61pi/webhooks/x         | application/json                  | 400 | 400
            POST | /api/%77ebhooks/x         | application/json                  | 400 | 400
            POST | /api//webhooks/x          | application/json                  | 400 | 400
            POST | /api/webhooks/x;y=z       | application/json                  | 400 | 400
            POST | /x/../api/webhooks/x      | application/json                  | 400 | 400
            POST | /api/webhooks/x           | application/json                  | 413 | 404
            POST | /api/webhooks/x           | multipart/form-data; boundary=x   | 413 | 404
            POST | /api/webhooks/x           | application/x-www-form-urlencoded | 413 | 404
            POST | /api/registries           | application/json                  | 413 | 401
            POST | /api/registries           | application/x-www-form-urlencoded | 413 | 401
            PUT  | /api/registries/1         | application/x-www-form-urlencoded | 413 | 401
            POST | /nowhere                  | multipart/form-data; boundary=x   | 413 | 401
            PUT  | /actuator/health/liveness | application/x-www-form-urlencoded | 413 | 405
            GET  | /actuator/health/liveness | text/plain                        | 413 | 200
            POST | /error                    | text/plain                        | 413 | 401
            """)
    void a_body_without_end_and_without_a_login_is_not_read(String method, String path, String type, int announced,
            int chunked) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: " + type + "\r\n";
        try (RawClient client = client(head + "Content-Length: " + MANY + "\r\n\r\n")) {
            client.repeat(MEGABYTE, 420, 0);
            assertThat(client.status()).isIn(announced, 0);
        }
        try (RawClient client = client(head + "Content-Length: " + MANY + "\r\n\r\n")) {
            assertThat(client.status()).as("who waits for the answer gets it").isEqualTo(announced);
        }
        try (RawClient client = client(head + "Transfer-Encoding: chunked\r\n\r\n")) {
            client.repeat(CHUNK, 420, 0);
            assertThat(client.status()).isIn(chunked, 0);
        }
        try (RawClient client = client(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")) {
            assertThat(client.status()).isEqualTo(chunked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/registries", "/api/replication/executions", "/api/replication/policies" })
    void with_a_login_it_is_read_up_to_its_bound(String path) throws IOException {
        try (RawClient client = client("POST " + path + " HTTP/1.1\r\nHost: h\r\n" + LOGIN
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            client.repeat(CHUNK, 3, 0);
            assertThat(client.status()).isEqualTo(413);
        }
    }

    private static String asking(String path, int length) {
        return String.join("\r\n", "POST " + path + " HTTP/1.1", "Host: h", "Expect: 100-continue",
                "Content-Length: " + length, "", "");
    }

    @Test
    void who_waits_to_be_told_to_go_on_is_not_told_where_nothing_is_read() throws IOException {
        try (RawClient client = client(asking("/api/webhooks/x", 1000))) {
            assertThat(client.status()).isEqualTo(404);
        }
        try (RawClient client = client(asking(this.hook, 14))) {
            assertThat(client.status()).isEqualTo(100);
        }
    }

    @Test
    void no_file_is_left_by_what_comes_in_parts() throws IOException {
        String part = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.bin\"\r\n\r\n"
                + "y".repeat(900_000) + "\r\n--x--\r\n";
        for (String path : List.of(this.hook, "/api/webhooks/x", "/api/registries", "/nowhere")) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = client("POST " + path + " HTTP/1.1\r\nHost: h\r\n" + LOGIN
                        + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " + part.length()
                        + "\r\n\r\n")) {
                    client.send(part);
                    assertThat(client.status()).as(path).isBetween(400, 499);
                }
            }
        }
        try (Stream<Path> left = Files.walk(this.files)) {
            assertThat(left.filter(Files::isRegularFile).filter((file) -> contains(file, "yyyy"))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({ "unknown, 524288, 404", "known, 524288, 408", "known, 10, 408", "unknown, 0, 404" })
    void six_hundred_that_drip_are_sent_away_and_the_service_is_well(String whose, int first, int status)
            throws Exception {
        String path = whose.equals("known") ? this.hook : "/api/webhooks/nobody";
        byte[] begin = "{".repeat(first).getBytes(StandardCharsets.US_ASCII);
        Map<Integer, Integer> answers = together(600,
                "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n", (client) -> {
                    client.repeat(begin, 1, 0);
                    client.repeat(new byte[] { ' ' }, 600, 100);
                });

        // Where there is no more room, or too many come in a second, that is said.
        assertThat(answers.keySet()).contains(status).isSubsetOf(status, 429, 503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "{\"events\":[%s{}]}", "{\"a\":[%s{}]}", "[%s{}]", "{\"event_data\":{\"resources\":[%s{}]}}" })
    void bodies_whose_trees_are_larger_than_themselves_are_refused(String form) throws Exception {
        String body = form.formatted("{},".repeat(340_000));
        for (String head : List.of("POST " + this.hook + " HTTP/1.1\r\nHost: h\r\n",
                "POST /api/registries HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + LOGIN)) {
            Map<Integer, Integer> answers = together(60, head + "Content-Length: " + body.length() + "\r\n\r\n",
                    (client) -> client.send(body));
            assertThat(answers.keySet()).isSubsetOf(400, 422, 503).containsAnyOf(400, 422);
        }
    }

    @Test
    void clients_that_leave_before_they_are_answered_give_their_bodies_memory_back() throws Exception {
        String body = "{\"events\":[" + "{},".repeat(300_000) + "{}]}";
        String head = "POST " + this.hook + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n";
        for (int round = 0; round < 4; round++) {
            together(60, head, (client) -> {
                client.send(body);
                client.reset();
            });
        }
        try (RawClient client = client(head)) {
            client.send(body);
            assertThat(client.status()).isIn(400, 422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET / HTTP/1.1\r\nX: ", "GET /", "X" })
    void a_head_without_end_is_refused(String head) throws IOException {
        try (RawClient client = client(head)) {
            client.repeat(MEGABYTE, 100, 0);
            assertThat(client.status()).isIn(400, 0);
        }
    }

    private RawClient client(String head) throws IOException {
        return new RawClient(this.drayage.port()).send(head);
    }

    /** How many got which answer. */
    private Map<Integer, Integer> together(int count, String head, Talk talk)
            throws InterruptedException, ExecutionException {
        List<Future<Integer>> talks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            talks.add(this.threads.submit(() -> {
                try (RawClient client = client(head)) {
                    talk.with(client);
                    return client.status();
                }
            }));
        }
        Map<Integer, Integer> answers = new TreeMap<>();
        for (Future<Integer> each : talks) {
            answers.merge(each.get(), 1, Integer::sum);
        }
        return answers;
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        }
        catch (IOException _) {
            return false;
        }
    }

    /** What a client says after its head. */
    @FunctionalInterface
    private interface Talk {

        void with(RawClient client) throws IOException;

    }

}
