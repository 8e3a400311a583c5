package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Image;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A real registry tells what happens to it, and its copy follows. */
@Timeout(300)
class EventsTest {

    private static final Logger LOG = LoggerFactory.getLogger(EventsTest.class);

    private static final String PROOF = "Bearer what only we know";

    @TempDir
    private static Path home;

    private static DrayageProcess drayage;

    private static Api api;

    @BeforeAll
    static void start() {
        drayage = DrayageProcess.start(home);
        api = drayage.api();
    }

    @AfterAll
    static void end() {
        drayage.close();
    }

    @Test
    void what_is_pushed_is_there_soon_and_what_is_deleted_is_gone() {
        long source = offline("told");
        String hook = hook(source);
        try (Site a = notifying(hook); Site b = Site.start()) {
            long policy = policy("follows", source, a, b, Map.of());
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Image image = Images.image(100 + i, 2000);
                a.push("lib/app", "v" + i, image);
                long pushed = System.nanoTime();
                String tag = "v" + i;
                Awaitility.await(tag)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> b.digest("lib/app", tag).equals(image.digest().toString()));
                millis.add((System.nanoTime() - pushed) / 1_000_000);
            }
            long median = millis.stream().sorted().toList().get(10);
            LOG.info("from a push to its copy: median {} ms, longest {} ms", median,
                    millis.stream().max(Long::compare).orElseThrow());
            assertThat(median).as("median of the milliseconds from a push to its copy").isLessThan(2_000);

            // The copy's registry deletes manifests only, and somebody else has tagged
            // this one.
            b.push("lib/app", "mine", Images.image(103, 2000));
            a.delete("lib/app", "v3");
            a.delete("lib/app", "v4");
            Awaitility.await("v4 is gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> b.digest("lib/app", "v4").isEmpty());
            Awaitility.await("v3 is kept").atMost(Duration.ofSeconds(20)).until(() -> count(policy, "kept") == 1);
            assertThat(b.digest("lib/app", "v3")).isEqualTo(b.digest("lib/app", "mine")).isNotEmpty();
            assertThat(b.digest("lib/app", "v5")).isNotEmpty();
            assertThat(count(policy, "deleted")).isEqualTo(1);
        }
    }

    @Test
    void what_nobody_told_is_found_by_the_reconciliation() {
        long source = offline("silent");
        try (Site a = Site.start(); Site b = Site.start()) {
            a.push("lib/app", "old", Images.image(1, 1000));
            a.push("lib/app", "stays", Images.image(2, 1000));
            long policy = policy("reconciles", source, a, b, Map.of("reconcile", "*/2 * * * * *"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> b.digests().size() == 2);
            a.delete("lib/app", "old");
            a.push("lib/app", "new", Images.image(3, 1000));
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> b.digests().keySet().equals(Set.of("lib/app:stays", "lib/app:new")));
            assertThat(api.delete("/api/replication/policies/" + policy).status()).isIn(204, 409);
        }
    }

    @Test
    void ten_thousand_events_lose_none_and_copy_each_tag_once() throws Exception {
        long source = offline("flooded");
        String hook = hook(source);
        try (Site a = Site.start(); Site b = Site.start()) {
            IntStream.range(0, 50).forEach((i) -> a.push("lib/app" + i % 5, "v" + i, Images.image(1000 + i, 1000)));
            long policy = policy("drowns", source, a, b, Map.of());
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> sent = IntStream.range(0, 1000)
                    .<Future<?>>mapToObj((i) -> threads.submit(() -> postUntilTaken(hook, envelope(i))))
                    .toList();
                for (Future<?> each : sent) {
                    each.get();
                }
            }
            Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> b.digests().equals(a.digests()) && open(policy) == 0);
            assertThat(count(policy, "copied")).isEqualTo(50);
            assertThat(b.registry().requests("PUT", "/manifests/")).isEqualTo(50);
            assertThat(post(hook, envelope(7))).isEqualTo(202);
        }
    }

    @Test
    void who_has_no_proof_or_no_path_changes_nothing() {
        long source = offline("guarded");
        String hook = hook(source);
        String body = envelope(1);
        assertThat(api.deliver(hook, body, Map.of()).status()).isEqualTo(401);
        assertThat(api.deliver(hook, body, Map.of("Authorization", "Bearer guessed")).status()).isEqualTo(401);
        assertThat(api.deliver("/api/webhooks/guessed", body, Map.of("Authorization", PROOF)).status()).isEqualTo(404);
        assertThat(api.deliver(hook, "no json", Map.of("Authorization", PROOF)).status()).isEqualTo(422);
        assertThat(api.deliver(hook, "x".repeat(10 << 20), Map.of("Authorization", PROOF)).status()).isEqualTo(413);
        assertThat(api.deliver(hook, envelope(1).replace("lib/app", "../x"), Map.of("Authorization", PROOF)).status())
            .isEqualTo(422);
        assertThat(api.get("/api/registries/" + source + "/hooks").body()).doesNotContain("only we know")
            .doesNotContain(hook.substring(hook.lastIndexOf('/') + 1));
        assertThat(drayage.log()).doesNotContain("only we know")
            .doesNotContain(hook.substring(hook.lastIndexOf('/') + 1));
    }

    private static String envelope(int number) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            // Every second event is one that was delivered before.
            int event = (number * 10 + i) / 2;
            int tag = event % 50;
            events.append(events.isEmpty() ? "" : ",")
                .append("""
                        {"id": "e%d", "action": "push", "target": {"mediaType": "application/vnd.oci.image.manifest.v1+json",
                         "repository": "lib/app%d", "tag": "v%d", "url": "http://127.0.0.1:1/never"}}
                        """
                    .formatted(event, tag % 5, tag));
        }
        return "{\"events\": [" + events + "]}";
    }

    /** As registries do: what is refused for now is told again. */
    private static void postUntilTaken(String hook, String body) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollDelay(Duration.ZERO).until(() -> {
            int status = post(hook, body);
            assertThat(status).isIn(202, 429, 503);
            return status == 202;
        });
    }

    private static int post(String hook, String body) {
        return api.deliver(hook, body, Map.of("Authorization", PROOF)).status();
    }

    private static Site notifying(String hook) {
        RealRegistry registry = RealRegistry.builder()
            .notifying(api.url(hook).toString(), "Authorization", PROOF)
            .start();
        return new Site(registry, Registered.at(registry));
    }

    private static long offline(String name) {
        return api.create("/api/registries",
                Map.of("name", name, "registry_type", "oci", "url", "http://127.0.0.1:1", "force", true));
    }

    private static String hook(long registry) {
        JsonNode made = api
            .post("/api/registries/" + registry + "/hooks",
                    Map.of("proof", Map.of("type", "header", "header", "Authorization", "secret", PROOF)))
            .json();
        return made.get("url").asText();
    }

    private static long policy(String name, long source, Site a, Site b, Map<String, Object> settings) {
        api.put("/api/registries/" + source, Map.of("name", name + "-from", "registry_type", "oci", "url", a.url()))
            .expect(200);
        long destination = api.create("/api/registries",
                Map.of("name", name + "-to", "registry_type", "oci", "url", b.url()));
        Map<String, Object> trigger = settings.isEmpty() ? Map.of("type", "event")
                : Map.of("type", "event", "trigger_settings", settings);
        return api.create("/api/replication/policies", Map.of("name", name, "src_registry_id", source,
                "dest_registry_id", destination, "deletion", true, "triggers", List.of(trigger)));
    }

    private static long count(long policy, String what) {
        long sum = 0;
        for (JsonNode execution : executions(policy)) {
            sum += execution.get("artifacts").get(what).asLong();
        }
        return sum;
    }

    private static long open(long policy) {
        long open = 0;
        for (JsonNode execution : executions(policy)) {
            open += execution.get("end_time").isNull() ? 1 : 0;
        }
        return open;
    }

    private static JsonNode executions(long policy) {
        return api.get("/api/replication/executions?page_size=500&policy_id=" + policy).json();
    }

}
