package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of {@code examples/routes} in the real process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnRoutesExamplesTest {

    private static final Duration FEW_SECONDS = Duration.ofSeconds(30);

    private final Site source = Site.start();

    private final Path inbox;

    private final Path reports;

    private final DrayageProcess drayage;

    private final Api api;

    OwnRoutesExamplesTest(@TempDir Path folder) throws IOException {
        this.inbox = Files.createDirectories(folder.resolve("inbox"));
        this.reports = folder.resolve("reports");
        this.drayage = DrayageProcess.start(folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_ROUTES", "examples/routes", "DRAYAGE_INBOX", this.inbox.toString(), "DRAYAGE_REPORTS",
                        this.reports.toString(), "DRAYAGE_NOTIFY_PAUSE", "200ms"));
        this.api = this.drayage.api();
        this.source.push("lib/app", "v1", Images.image(1, 1000));
        long from = this.api.create("/api/registries",
                Map.of("name", "here", "registry_type", "oci", "url", this.source.url()));
        long to = this.api.create("/api/registries",
                Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
        this.api.create("/api/replication/policies",
                Map.of("name", "nightly", "src_registry_id", from, "dest_registry_id", to));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.source.close();
    }

    @Test
    void a_dropped_file_starts_a_policy_and_its_end_is_a_line_of_a_csv() throws IOException {
        this.api.create("/api/subscriptions",
                Map.of("name", "csv", "type", "route", "to", List.of("csv"), "events", List.of("execution.finished")));
        Files.writeString(this.inbox.resolve("now"), "nightly\n");

        Path csv = this.reports.resolve("executions.csv");
        Awaitility.await().atMost(FEW_SECONDS).until(() -> Files.exists(csv) && Files.size(csv) > 0);
        JsonNode execution = this.api.get("/api/replication/executions").expect(200).json().get(0);
        assertThat(execution.get("started_by").asText()).isEqualTo("own route");
        assertThat(Files.readAllLines(csv)).singleElement()
            .asString()
            .endsWith(",nightly,%d,succeeded".formatted(execution.get("id").asLong()));
        assertThat(this.inbox.resolve(".done/now")).exists();
    }

    @Test
    void what_is_refused_is_moved_aside_and_said() throws IOException {
        Files.writeString(this.inbox.resolve("typo"), "nihgtly");

        Awaitility.await().atMost(FEW_SECONDS).until(() -> Files.exists(this.inbox.resolve(".failed/typo")));
        assertThat(this.drayage.log()).contains("there is no policy with the name \"nihgtly\"");
    }

    @Test
    void a_notice_that_no_route_takes_says_so() {
        long id = this.api.create("/api/subscriptions",
                Map.of("name", "lost", "type", "route", "to", List.of("lost"), "events", List.of("execution.started")));
        this.api.run(1);

        Awaitility.await()
            .atMost(FEW_SECONDS)
            .untilAsserted(() -> assertThat(this.api.get("/api/subscriptions/" + id + "/deliveries?state=waiting")
                .expect(200)
                .json()
                .toString()).contains("no own route listens at direct:notice-lost on this node"));
    }

}
