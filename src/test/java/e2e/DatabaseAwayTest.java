package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PostgreSQL goes away in the middle of an execution and comes back;
 * {@code -Ddrayage.away=300s} lets it stay away for longer.
 */
@Tag("long")
class DatabaseAwayTest {

    private static final int IMAGES = 40;

    private static final int REPOSITORIES = 8;

    private static final Duration AWAY = Duration.parse("PT" + System.getProperty("drayage.away", "8s"));

    /** Less than a pool waits for a connection by its own default. */
    private static final Duration FEW_SECONDS = Duration.ofSeconds(20);

    @Test
    @Timeout(900)
    void an_execution_goes_on_by_itself_and_ends_with_exact_counts(@TempDir Path folder) {
        try (Site a = Site.start();
                Site b = Site.start();
                StoppablePostgres database = StoppablePostgres.start(folder.resolve("database"));
                DrayageProcess drayage = DrayageProcess.start(folder.resolve("home"), environment(database))) {
            for (int i = 0; i < IMAGES; i++) {
                a.push("lib/app" + i % REPOSITORIES, "v" + i, Images.image(i, 3_000_000, 1000));
            }
            Api api = drayage.api();
            long policy = policy(api, a, b);
            long execution = api.start(policy);
            Awaitility.await("some images have arrived")
                .pollInterval(Duration.ofMillis(5))
                .until(() -> b.registry().requests("PUT", "/manifests/") >= 6);

            database.stopAtOnce();

            assertAway(api, policy, execution);
            Awaitility.await("it stays away")
                .during(AWAY)
                .atMost(AWAY.plusSeconds(40))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> probe(api, "liveness") == 200 && probe(api, "readiness") == 503);
            assertAway(api, policy, execution);
            assertThat(b.digests().size()).as("images that had arrived when it was away").isBetween(1, IMAGES - 1);

            database.startAgain();

            Awaitility.await("readiness comes back").atMost(FEW_SECONDS).until(() -> probe(api, "readiness") == 200);
            JsonNode ended = api.ended(execution, Duration.ofMinutes(2));
            assertThat(ended.get("status").asText()).as(drayage.log()).isEqualTo("succeeded");
            assertThat(ended.get("total").asInt()).isEqualTo(REPOSITORIES);
            assertThat(ended.get("succeed").asInt()).isEqualTo(REPOSITORIES);
            assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(IMAGES);
            assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
            assertThat(b.digests()).isEqualTo(a.digests());
            assertThat(drayage.log()).doesNotContain("recorded as failed");
            assertOneLineAMinute(drayage);
            assertThat(api.run(policy).get("artifacts").get("unchanged").asInt()).isEqualTo(IMAGES);
        }
    }

    private static void assertAway(Api api, long policy, long execution) {
        assertAway(() -> api.get("/api/replication/executions/" + execution));
        assertAway(() -> api.post("/api/replication/executions", Map.of("policy_id", policy)));
        assertAway(() -> api.put("/api/replication/executions/" + execution, Map.of("operation", "stop")));
        assertAway(() -> api.delete("/api/replication/policies/" + policy));
    }

    private static void assertAway(Supplier<Api.Reply> request) {
        long begun = System.nanoTime();
        Api.Reply reply = request.get().expect(503);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FEW_SECONDS);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.json().get("detail").asText()).isEqualTo("the database does not answer");
    }

    private static void assertOneLineAMinute(DrayageProcess drayage) {
        Awaitility.await("it says that it is back")
            .atMost(FEW_SECONDS)
            .until(() -> drayage.log().contains("the database answers again, after"));
        assertThat(drayage.log().lines().filter((line) -> line.contains("ERROR")))
            .hasSizeBetween(1, 2 + (int) AWAY.toMinutes())
            .allMatch((line) -> line.contains("DatabaseWatch the database does not answer")
                    && line.endsWith("; what needs it waits and goes on by itself"));
        assertThat(drayage.log()).doesNotContain("\tat ");
    }

    private static int probe(Api api, String name) {
        return api.anonymous("/actuator/health/" + name).status();
    }

    private static long policy(Api api, Site a, Site b) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", a.url()));
        long destination = api.create("/api/registries", Map.of("name", "b", "registry_type", "oci", "url", b.url()));
        return api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
    }

    private static Map<String, String> environment(StoppablePostgres database) {
        return Map.of("DRAYAGE_DB_URL", database.jdbcUrl(), "DRAYAGE_DB_USER", "postgres", "DRAYAGE_QUICKSTART",
                "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_TRANSFER_TASKS", "2",
                "DRAYAGE_TRANSFER_WINDOW", "2", "DRAYAGE_TRANSFER_WRITES", "1");
    }

}
