package e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.RealRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What senders post, through the real surface. */
@Timeout(120)
class DeliveriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Path SAMPLES = Path.of("src/test/resources/events");

    private static final String SECRET = "d2hhdCBvbmx5IHdlIGtub3c=";

    @TempDir
    private static Path home;

    /** So that none that is created is looked for in vain. */
    private static RealRegistry real;

    private static DrayageProcess drayage;

    private static Api api;

    private static int registries;

    /** How many events each has. */
    private static final String TABLE = """
            acr-chart-push                       | 0
            acr-delete                           | 1
            acr-ping                             | 0
            acr-push                             | 1
            acr-quarantine                       | 0
            cloudevents-azure-chart-push         | 0
            cloudevents-azure-delete             | 1
            cloudevents-azure-push               | 1
            cloudevents-binary                   | 1
            cloudevents-deleted                  | 1
            cloudevents-pushed                   | 1
            cloudevents-scanned                  | 0
            distribution-2.8-delete-manifest     | 1
            distribution-2.8-delete-manifest-tag | 1
            distribution-2.8-mount-blob          | 0
            distribution-2.8-pull-manifest       | 0
            distribution-2.8-push-blob           | 0
            distribution-2.8-push-manifest       | 1
            distribution-3.1-delete-manifest     | 1
            distribution-3.1-delete-manifest-tag | 1
            distribution-3.1-mount-blob          | 0
            distribution-3.1-pull-manifest       | 0
            distribution-3.1-push-blob           | 0
            distribution-3.1-push-manifest       | 1
            distribution-several                 | 3
            dockerhub-official                   | 1
            dockerhub-push                       | 1
            ecr-delete                           | 1
            ecr-failure                          | 0
            ecr-push                             | 1
            ecr-scan                             | 0
            ecr-sns                              | 1
            ecr-sns-confirmation                 | 0
            gcr-delete-tag                       | 1
            gcr-push                             | 1
            gcr-push-untagged                    | 1
            gitea-created                        | 1
            gitea-deleted                        | 1
            gitea-npm                            | 0
            gitea-untagged                       | 1
            github-deleted                       | 1
            github-npm                           | 0
            github-package                       | 1
            github-ping                          | 0
            github-registry-package              | 1
            harbor-cloudevents-deleted           | 1
            harbor-cloudevents-deleted-2         | 1
            harbor-cloudevents-pulled            | 0
            harbor-cloudevents-pulled-2          | 0
            harbor-cloudevents-pushed            | 1
            harbor-cloudevents-pushed-2          | 1
            harbor-default-delete                | 1
            harbor-default-delete-2              | 1
            harbor-default-pull                  | 0
            harbor-default-pull-2                | 0
            harbor-default-push                  | 1
            harbor-default-push-2                | 1
            harbor-default-scanned               | 0
            harbor-default-two-resources         | 2
            harbor-default-untagged              | 1
            jfrog-artifact                       | 0
            jfrog-deleted                        | 2
            jfrog-promoted                       | 2
            jfrog-pushed                         | 2
            plain-delete                         | 1
            plain-push                           | 1
            quay-list                            | 2
            quay-map                             | 1
            """;

    @BeforeAll
    static void start() {
        real = RealRegistry.start();
        drayage = DrayageProcess.start(home);
        api = drayage.api();
    }

    @AfterAll
    static void end() {
        drayage.close();
        real.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = TABLE, delimiter = '|')
    void a_sample_is_taken(String file, int expected) {
        String open = hook(Map.of("type", "none"));
        Sample sample = Sample.named(file);
        assertThat(events(api.deliver(open, sample.body(), sample.headers()))).isEqualTo(expected);
        assertThat(api.deliver(open, sample.body() + "}", sample.headers()).expect(422).body()).contains("JSON");
    }

    @Test
    void every_sample_is_in_the_table() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(TABLE.lines().map((line) -> line.split("\\|", 2)[0].strip() + ".json"))
                .containsExactlyInAnyOrderElementsOf(files.map((file) -> file.getFileName().toString())
                    .filter((name) -> name.endsWith(".json"))
                    .toList());
        }
    }

    @Test
    void the_log_says_how_to_confirm_a_subscription_of_sns_and_why_a_delivery_is_refused() {
        String hook = hook(Map.of("type", "none"));
        Sample sample = Sample.named("ecr-sns-confirmation");
        api.deliver(hook, sample.body(), sample.headers()).expect(202);
        api.deliver(hook, sample.with("TopicArn", "\"here; and there\""), sample.headers()).expect(422);
        assertThat(drayage.log())
            .contains("aws sns confirm-subscription --topic-arn"
                    + " 'arn:aws:sns:eu-west-1:123456789012:images' --token '2336412f37'")
            .contains("a delivery of ecr was refused: TopicArn: \"here; and there\" is no topic of SNS");
    }

    @Test
    void a_delivery_that_is_sent_again_tells_nothing_new() {
        String hook = hook(Map.of("type", "none"));
        Sample sample = Sample.named("harbor-default-two-resources");
        assertThat(events(api.deliver(hook, sample.body(), sample.headers()))).isEqualTo(2);
        assertThat(events(api.deliver(hook, sample.body(), sample.headers()))).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "harbor-default-push, event_data, it has the form of no known sender",
            "distribution-2.8-push-manifest, events, events",
            "dockerhub-push, push_data, it has the form of no known sender", "acr-push, target, target",
            "ecr-push, detail, detail", "jfrog-pushed, data, data" })
    void what_lacks_a_part_is_refused_by_the_name_of_what_is_wrong(String file, String field, String named) {
        String open = hook(Map.of("type", "none"));
        Sample sample = Sample.named(file);
        Api.Reply reply = api.deliver(open, sample.with(field, "\"is no such thing\""), sample.headers()).expect(422);
        assertThat(reply.body()).contains(named);
    }

    @Test
    void a_forged_signature_changes_nothing() throws GeneralSecurityException {
        String hook = hook(Map.of("type", "hmac", "header", "X-Hub-Signature-256", "secret", SECRET));
        Sample sample = Sample.named("github-package");
        String right = "sha256="
                + HexFormat.of().formatHex(hmac(SECRET.getBytes(StandardCharsets.UTF_8), sample.body()));
        for (String forged : List.of("", "sha256=", "sha256=" + "0".repeat(64), right + "0", right.substring(7, 70),
                "sha1=" + right.substring(7), right.replaceFirst(".$", right.endsWith("0") ? "1" : "0"))) {
            assertThat(deliver(hook, sample, "X-Hub-Signature-256", forged).status()).as(forged).isEqualTo(401);
        }
        assertThat(api.deliver(hook, sample.body(), sample.headers()).status()).isEqualTo(401);
        assertThat(deliver(hook, sample.changed(), "X-Hub-Signature-256", right).status()).isEqualTo(401);
        // Nothing of it was taken in: the true one is new.
        assertThat(events(deliver(hook, sample, "X-Hub-Signature-256", right))).isEqualTo(1);
        assertThat(events(deliver(hook, sample, "X-Hub-Signature-256", right))).isZero();
    }

    @Test
    void a_form_of_github_is_proved_by_its_bytes() throws GeneralSecurityException {
        String hook = hook(Map.of("type", "hmac", "header", "X-Hub-Signature-256", "secret", SECRET));
        Sample sample = Sample.named("github-package");
        String form = "payload=" + URLEncoder.encode(sample.body(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(hmac(SECRET.getBytes(StandardCharsets.UTF_8), form)));

        assertThat(api.deliver(hook, form + "&a=b", headers).status()).isEqualTo(401);
        assertThat(events(api.deliver(hook, form, headers))).isEqualTo(1);
        headers.put("X-GitHub-Delivery", "said to be another");
        assertThat(events(api.deliver(hook, form, headers))).isZero();
    }

    @Test
    void who_asks_first_whether_it_may_send_is_allowed_to() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(api.url(hook(Map.of("type", "none"))))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("WebHook-Request-Origin", "eventgrid.azure.net")
            .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("WebHook-Allowed-Origin")).hasValue("eventgrid.azure.net");
            assertThat(response.headers().firstValue("WebHook-Allowed-Rate")).hasValue("*");
        }
    }

    @Test
    void an_old_delivery_and_one_of_the_future_change_nothing() throws GeneralSecurityException {
        String hook = hook(Map.of("type", "webhook", "secret", "whsec_" + SECRET));
        Sample sample = Sample.named("cloudevents-pushed");
        long now = Instant.now().getEpochSecond();
        assertThat(signed(hook, sample, "msg_1", now - 400).status()).isEqualTo(401);
        assertThat(signed(hook, sample, "msg_1", now + 400).status()).isEqualTo(401);
        Map<String, String> moved = signature(sample, "msg_1", now - 400);
        moved.put("webhook-timestamp", Long.toString(now));
        assertThat(api.deliver(hook, sample.body(), moved).status()).isEqualTo(401);
        Map<String, String> renamed = signature(sample, "msg_1", now);
        renamed.put("webhook-id", "msg_2");
        assertThat(api.deliver(hook, sample.body(), renamed).status()).isEqualTo(401);

        assertThat(events(signed(hook, sample, "msg_1", now))).isEqualTo(1);
        assertThat(events(signed(hook, sample, "msg_1", now))).isZero();
    }

    @Test
    void addresses_in_a_delivery_are_never_opened() throws IOException {
        try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String there = "127.0.0.1:" + trap.getLocalPort();
            long source = api.create("/api/registries",
                    Map.of("name", "trapped-from", "registry_type", "oci", "url", "http://127.0.0.1:1", "force", true));
            long destination = api.create("/api/registries",
                    Map.of("name", "trapped-to", "registry_type", "oci", "url", "http://127.0.0.1:2", "force", true));
            long policy = api.create("/api/replication/policies", Map.of("name", "trapped", "src_registry_id", source,
                    "dest_registry_id", destination, "triggers", List.of(Map.of("type", "event"))));
            String hook = hookOf(source, Map.of("type", "none"));
            int taken = 0;
            for (String file : TABLE.lines().map((line) -> line.split("\\|", 2)[0].strip()).toList()) {
                Sample sample = Sample.named(file);
                Api.Reply reply = api.deliver(hook, sample.pointingTo(there), sample.headers());
                assertThat(reply.status()).as(file).isIn(202, 422);
                taken += reply.status() == 202 ? events(reply) : 0;
            }
            assertThat(taken).isGreaterThan(10);
            JsonNode execution = Awaitility.await("an execution of what was told ends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/replication/executions?policy_id=" + policy).json(),
                        (list) -> !list.isEmpty() && !list.get(0).get("end_time").isNull());
            assertThat(execution.get(0).get("trigger").asText()).isEqualTo("event");
            trap.setSoTimeout(1);
            assertThat(catchThrowable(trap::accept)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static int events(Api.Reply reply) {
        return reply.expect(202).json().get("events").asInt();
    }

    /** Of a registry of its own. */
    private static String hook(Map<String, String> proof) {
        long registry = api.create("/api/registries",
                Map.of("name", "told-" + ++registries, "registry_type", "oci", "url", real.url().toString()));
        return hookOf(registry, proof);
    }

    private static String hookOf(long registry, Map<String, String> proof) {
        return api.post("/api/registries/" + registry + "/hooks", Map.of("proof", proof))
            .expect(201)
            .json()
            .get("url")
            .asText();
    }

    private static Api.Reply deliver(String hook, Sample sample, String header, String value) {
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.put(header, value);
        return api.deliver(hook, sample.body(), headers);
    }

    private static Api.Reply signed(String hook, Sample sample, String id, long seconds)
            throws GeneralSecurityException {
        return api.deliver(hook, sample.body(), signature(sample, id, seconds));
    }

    private static Map<String, String> signature(Sample sample, String id, long seconds)
            throws GeneralSecurityException {
        byte[] mac = hmac(Base64.getDecoder().decode(SECRET), id + "." + seconds + "." + sample.body());
        Map<String, String> headers = new HashMap<>(sample.headers());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature", "v1,bm90aGluZw== v1," + Base64.getEncoder().encodeToString(mac));
        return headers;
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A delivery as it was caught. */
    private record Sample(String name, Map<String, String> headers, String body) {

        static Sample named(String name) {
            try {
                JsonNode document = JSON.readTree(SAMPLES.resolve(name + ".json").toFile());
                Map<String, String> headers = document.get("headers")
                    .properties()
                    .stream()
                    // Those that a client sets by itself.
                    .filter((header) -> !header.getKey().matches("(?i)host|content-length|connection"))
                    .collect(Collectors.toMap(Map.Entry::getKey, (header) -> header.getValue().asText()));
                return new Sample(name, headers, document.get("body").toString());
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        /** With a field of another value. */
        String with(String field, String json) {
            try {
                ObjectNode changed = (ObjectNode) JSON.readTree(this.body);
                changed.set(field, JSON.readTree(json));
                return changed.toString();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        /** The same with a space more. */
        Sample changed() {
            return new Sample(this.name, this.headers, this.body + " ");
        }

        /** With every address in it leading there, and some more. */
        String pointingTo(String hostAndPort) {
            return this.body.replaceAll("https?://[^\"/?]+", "http://" + hostAndPort)
                .replaceFirst("\\{", "{\"callback_url\": \"http://" + hostAndPort + "/\", \"url\": \"http://"
                        + hostAndPort + "/\", ");
        }

    }

}
