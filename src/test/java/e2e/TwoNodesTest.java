package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.CommittedBlob;
import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Line;
import fixtures.Site;
import fixtures.StoppablePostgres;
import oci.model.Digest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What two nodes agree on while they work on the same. */
@Tag("long")
@Timeout(300)
class TwoNodesTest {

    private static final Logger LOG = LoggerFactory.getLogger(TwoNodesTest.class);

    private static final int REPOSITORIES = 500;

    private static final int LAYERS = 20;

    private static final int LAYER = 1_000_000;

    private static final int POLICIES = 10;

    private static final Duration PROMISED = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void an_execution_is_paused_resumed_and_stopped_within_a_second_on_both() {
        try (Site a = Site.start();
                Site b = Site.start();
                Line from = Line.to(a.registry(), 4_000_000);
                Line to = Line.to(b.registry(), 4_000_000);
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            for (int i = 0; i < REPOSITORIES; i++) {
                a.push("lib/app" + i, "v1", Images.image(i, 40_000));
            }
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "8");
            try (DrayageProcess one = nodes.start("one"); DrayageProcess two = nodes.start("two")) {
                Api api = one.api();
                long policy = policy(api, "p", from.url(), to.url(), "mirror");
                long id = api.start(policy);
                awaitSucceeded(api, id, 40);

                awaitBothBusy(database, from, to);
                operate(two.api(), id, "pause", "paused", from, to);
                JsonNode paused = api.get(execution(id)).json();
                assertThat(paused.get("status").asText()).isEqualTo("paused");
                assertThat(paused.get("succeed").asInt()).isBetween(40, REPOSITORIES - 1);
                assertThat(running(database)).isEmpty();

                api.put(execution(id), Map.of("operation", "resume")).expect(200);
                awaitSucceeded(api, id, paused.get("succeed").asInt() + 40);
                awaitBothBusy(database, from, to);
                operate(api, id, "stop", "stopping", from, to);
                assertThat(api.ended(id).get("status").asText()).isEqualTo("stopped");
                assertThat(running(database)).isEmpty();

                from.pace(50_000_000);
                to.pace(50_000_000);
                api.put(execution(id), Map.of("operation", "retry")).expect(200);
                JsonNode ended = api.ended(id, Duration.ofMinutes(2));
                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                assertThat(ended.get("succeed").asInt()).isEqualTo(REPOSITORIES);
                assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(REPOSITORIES);
                assertThat(b.digests()).hasSize(REPOSITORIES);
                assertThat(b.digests().values()).containsExactlyInAnyOrderElementsOf(a.digests().values());
            }
        }
    }

    private static List<String> running(StoppablePostgres database) {
        return database.jdbc()
            .sql("SELECT DISTINCT owner FROM task WHERE state = 'running'")
            .query(String.class)
            .list();
    }

    /** Returns when both nodes have tasks and bytes have just gone over both lines. */
    private static void awaitBothBusy(StoppablePostgres database, Line from, Line to) {
        long before = System.nanoTime();
        Awaitility.await("both work")
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(10))
            .until(() -> running(database).size() == 2 && Math.min(from.lastByte(), to.lastByte()) > before);
    }

    /** By the lines' own times: every byte to and from either registry goes over them. */
    private static void operate(Api api, long id, String operation, String state, Line from, Line to) {
        JsonNode answer = api.put(execution(id), Map.of("operation", operation)).expect(200).json();
        long answered = System.nanoTime();
        assertThat(answer.get("status").asText()).isIn(state, "stopped");
        Awaitility.await("it is quiet after " + operation)
            .atMost(Duration.ofSeconds(60))
            .until(() -> System.nanoTime() - Math.max(answered, lastByte(from, to)) > 3_000_000_000L);
        Duration last = Duration.ofNanos(lastByte(from, to) - answered);
        LOG.info("after {} the last byte came {} ms after the answer", operation, last.toMillis());
        assertThat(last).as("the last byte after the answer to " + operation).isLessThanOrEqualTo(PROMISED);
    }

    private static long lastByte(Line from, Line to) {
        return Math.max(from.lastByte(), to.lastByte());
    }

    @Test
    void ten_policies_that_want_the_same_large_layers_send_each_once() {
        try (Site a = Site.start();
                Site b = Site.start();
                Line to = Line.to(b.registry(), 2_000_000);
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            byte[][] layers = IntStream.range(0, LAYERS).mapToObj((i) -> Images.bytes(i, LAYER)).toArray(byte[][]::new);
            a.push("lib/app", "v1", Images.ofLayers(1, layers));
            // Neither can do all ten at once.
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "6");
            try (DrayageProcess one = nodes.start("one"); DrayageProcess two = nodes.start("two")) {
                Api api = one.api();
                List<Long> policies = IntStream.range(0, POLICIES)
                    .mapToObj((i) -> policy(api, "p" + i, a.url(), to.url(), "n" + i))
                    .toList();
                List<Long> executions = policies.stream().map(api::start).toList();
                awaitBothBusy(database, to, to);
                assertThat(to.bytes()).as("bytes that had come when both were at it").isLessThan(LAYERS * LAYER);
                executions.forEach((id) -> assertThat(api.ended(id, Duration.ofMinutes(2)).get("status").asText())
                    .isEqualTo("succeeded"));

                assertThat(one.log() + two.log()).contains("2 nodes work");
                Map<String, Long> uploads = uploads(b);
                assertThat(uploads).as("layers and the config").hasSize(LAYERS + 1);
                assertThat(Stream.of(layers).map((layer) -> uploads.get(Digest.sha256(layer).toString())))
                    .as("how often each layer was sent: %s", uploads)
                    .containsOnly(1L)
                    .hasSize(LAYERS);
                assertThat(to.bytes()).as("bytes on the line to it").isLessThan(LAYERS * LAYER * 11L / 10);
                assertThat(b.digests()).hasSize(POLICIES);
                IntStream.range(0, POLICIES).forEach((i) -> b.verify("n" + i + "/app", "v1"));
            }
        }
    }

    /** How often each blob was sent, whatever became of it. */
    private static Map<String, Long> uploads(Site site) {
        return site.registry()
            .accessLog()
            .stream()
            .map(CommittedBlob::of)
            .flatMap(Optional::stream)
            .collect(Collectors.groupingBy(CommittedBlob::digest, Collectors.counting()));
    }

    private static long policy(Api api, String name, String from, String to, String namespace) {
        long source = api.create("/api/registries", Map.of("name", name + "-a", "registry_type", "oci", "url", from));
        long destination = api.create("/api/registries",
                Map.of("name", name + "-b", "registry_type", "oci", "url", to));
        return api.create("/api/replication/policies", Map.of("name", name, "src_registry_id", source,
                "dest_registry_id", destination, "dest_namespace", namespace));
    }

    private static String execution(long id) {
        return "/api/replication/executions/" + id;
    }

    private static void awaitSucceeded(Api api, long id, int least) {
        Awaitility.await("succeeded " + least)
            .atMost(Duration.ofSeconds(90))
            .until(() -> api.get(execution(id)).json().get("succeed").asInt() >= least);
    }

}
