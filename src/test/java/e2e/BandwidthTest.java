package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits of bandwidth on real copies, and what the API shows meanwhile. */
@Tag("long")
@Timeout(300)
class BandwidthTest {

    private static final String ALL = "/api/replication/bandwidth";

    private final Site a = Site.start();

    private final Site b = Site.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        this.a.close();
        this.b.close();
    }

    private Map<String, Object> policy(Api api, Object bandwidth) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", this.a.url()));
        long destination = api.create("/api/registries",
                Map.of("name", "b", "registry_type", "oci", "url", this.b.url()));
        return new HashMap<>(Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination,
                "dest_namespace", "mirror", "bandwidth", bandwidth));
    }

    private static Map<String, Object> limit(long bytesPerSecond) {
        return Map.of("bytes_per_second", bytesPerSecond);
    }

    private static JsonNode execution(Api api, long id) {
        return api.get("/api/replication/executions/" + id).expect(200).json();
    }

    private static long bytes(JsonNode execution) {
        return execution.get("logs").path(0).path("bytes").asLong();
    }

    @Test
    void a_policy_s_limit_holds_is_seen_in_the_progress_and_is_lifted_while_it_runs() {
        long rate = 200_000;
        this.a.push("lib/app", "v1", Images.image(1, 30_000_000));
        try (DrayageProcess drayage = DrayageProcess.start(this.folder)) {
            Api api = drayage.api();
            Map<String, Object> body = policy(api, limit(rate));
            long policy = api.create("/api/replication/policies", body);
            long began = System.nanoTime();
            long id = api.start(policy);

            JsonNode early = Awaitility.await("it moves")
                .atMost(Duration.ofSeconds(60))
                .until(() -> execution(api, id), (execution) -> bytes(execution) > 0);
            JsonNode later = Awaitility.await("it moves on")
                .atMost(Duration.ofSeconds(60))
                .until(() -> execution(api, id), (execution) -> bytes(execution) > bytes(early) + rate
                        && execution.get("bytes").asLong() > 0 && !execution.get("eta").isNull());
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(later.get("status").asText()).isEqualTo("running");
            assertThat((double) bytes(later)).isLessThanOrEqualTo(rate * (seconds + 1));
            JsonNode task = later.get("logs").get(0);
            assertThat(task.get("rate").asLong()).isBetween(1L, 2 * rate);
            assertThat(task.get("eta").asLong()).isGreaterThan(10);
            assertThat(later.get("rate").asLong()).isPositive();

            body.remove("bandwidth");
            api.put("/api/replication/policies/" + policy, body).expect(200);
            JsonNode ended = api.ended(id);
            assertThat(ended.get("status").asText()).isEqualTo("succeeded");
            assertThat(ended.get("bytes").asLong()).isGreaterThan(30_000_000).isLessThan(30_001_000);
            assertThat(ended.get("rate").asLong()).isZero();
            assertThat(ended.get("logs").get(0).get("rate").isNull()).isTrue();
            this.b.verify("mirror/app", "v1");
        }
    }

    @Test
    void a_registry_s_and_everything_s_limit_hold_as_well_and_a_stop_does_not_wait_for_them() {
        this.a.push("lib/app", "v1", Images.image(1, 3_000_000));
        try (DrayageProcess drayage = DrayageProcess.start(this.folder)) {
            Api api = drayage.api();
            Map<String, Object> body = policy(api, limit(0));
            long policy = api.create("/api/replication/policies", body);
            api.put("/api/registries/" + body.get("dest_registry_id"),
                    Map.of("name", "b", "registry_type", "oci", "url", this.b.url(), "bandwidth", limit(1_000_000)))
                .expect(200);
            long began = System.nanoTime();
            assertThat(api.run(policy).get("status").asText()).isEqualTo("succeeded");
            // Of three seconds' bytes one second's may have been kept.
            assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());

            this.a.push("lib/app", "v2", Images.image(2, 3_000_000));
            api.put(ALL, limit(1024)).expect(200);
            long id = api.start(policy);
            Awaitility.await("it moves")
                .atMost(Duration.ofSeconds(60))
                .until(() -> execution(api, id).get("logs").path(0).path("status").asText().equals("running"));
            api.put("/api/replication/executions/" + id, Map.of("operation", "stop")).expect(200);
            assertThat(api.ended(id, Duration.ofSeconds(20)).get("status").asText()).isEqualTo("stopped");
            assertThat(api.put(ALL, Map.of()).expect(200).json().get("bytes_per_second").asLong()).isZero();
        }
    }

    @Test
    void two_nodes_share_a_limit() {
        long rate = 1_000_000;
        int repositories = 4;
        int size = 3_000_000;
        for (int i = 0; i < repositories; i++) {
            this.a.push("lib/app" + i, "v1", Images.image(i, size));
        }
        try (StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "1");
            try (DrayageProcess one = nodes.start("one"); DrayageProcess two = nodes.start("two")) {
                Api api = one.api();
                two.api().put(ALL, limit(rate)).expect(200);
                long policy = api.create("/api/replication/policies", policy(api, limit(0)));
                long began = System.nanoTime();
                long id = api.start(policy);
                Awaitility.await("both work")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> api.get("/api/replication/executions/" + id + "/logs?status=running")
                        .json()
                        .size() == 2);
                JsonNode ended = api.ended(id);
                double seconds = (System.nanoTime() - began) / 1e9;

                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                // Until the first has seen the other, and with what both had kept, a few
                // seconds' bytes are more; without sharing it would be half the time.
                assertThat(seconds).isGreaterThanOrEqualTo((double) repositories * size / rate - 3);
                assertThat(List.of(one.log(), two.log())).allMatch((log) -> !log.contains("ERROR"));
            }
        }
    }

}
