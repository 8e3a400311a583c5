package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import fixtures.StoppablePostgres;
import fixtures.vendors.EcrFront;
import fixtures.vendors.EcrPublicFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Amazon ECR as its page describes it, from the page's own document to events by SQS; and
 * a service that has no such registry loads nothing of a vendor's library.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EcrTest {

    private static final List<String> LIBRARIES = List.of("software.amazon.", "com.google.auth.",
            "com.google.api.client.", "com.microsoft.aad.");

    private final Path folder;

    private final Path loaded;

    private final EcrFront ecr = new EcrFront();

    private final Site central = Site.start();

    private final StoppablePostgres database;

    private DrayageProcess drayage;

    private Api api;

    EcrTest(@TempDir Path folder) {
        this.folder = folder;
        this.loaded = folder.resolve("loaded");
        this.database = StoppablePostgres.start(folder.resolve("database"));
        this.drayage = start();
        this.api = this.drayage.api();
    }

    private DrayageProcess start() {
        return DrayageProcess.start(this.folder.resolve("home"), Map.of("DRAYAGE_QUICKSTART", "false",
                "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_DB_URL", this.database.jdbcUrl(),
                "DRAYAGE_DB_USER", "postgres", "DRAYAGE_ADAPTER_HOSTS",
                "aws-ecr=http://127.0.0.1:{port},aws-ecr-public=http://127.0.0.1:{port}", "DRAYAGE_RETRY_TIMES", "5"),
                "-Xlog:class+load:file=" + this.loaded);
    }

    @AfterEach
    void nothing_was_sent_that_should_not_have_been() {
        assertThat(this.ecr.mistakes).isEmpty();
        assertThat(this.drayage.log()).doesNotContain(EcrFront.SECRET, "token-1");
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.database.close();
        this.ecr.close();
        this.central.close();
    }

    @Test
    @Order(1)
    void a_service_without_such_a_registry_loads_no_vendor_s_library() throws IOException {
        this.api.create("/api/registries", Map.of("name", "plain", "registry_type", "oci", "url", this.central.url()));
        assertThat(this.api.get("/api/replication/adapters").expect(200).body()).contains("aws-ecr");

        assertThat(libraryClasses()).isEmpty();
    }

    @Test
    @Order(2)
    void the_document_of_the_page_is_applied_and_its_policy_runs() throws Exception {
        for (int i = 0; i < 5; i++) {
            this.central.push("team/app", "v" + i, Images.image(i + 1, 2000, 500));
        }
        this.central.push("team/tools/lint", "v1", Images.image(11, 2000));
        String document = document("aws-ecr")
            .replace("https://123456789012.dkr.ecr.eu-central-1.amazonaws.com", this.ecr.url())
            .replace("\"settings\": {",
                    "\"settings\": {\"account\": \"%s\", \"region\": \"eu-central-1\", \"api\": \"%s\", \"queue_url\": \"%s\", "
                        .formatted(EcrFront.ACCOUNT, this.ecr.apiUrl(), this.ecr.queueUrl()))
            .replace("https://registry.example.com", this.central.url().toString());
        assertThat(apply(document)).contains("3 created");

        long policy = policyNamed("to ecr");
        assertThat(run(policy)).isEqualTo("succeeded: 6 copied, 0 unchanged, 0 deleted");
        assertThat(this.ecr.created).containsOnlyKeys("mirror/app", "mirror/tools/lint")
            .allSatisfy((_, wanted) -> assertThat(wanted.toString()).contains("\"IMMUTABLE_WITH_EXCLUSION\"",
                    "\"filter\":\"dev-*\"", "\"scanOnPush\":true", "\"Key\":\"team\",\"Value\":\"platform\""));

        long manifests = this.ecr.registryRequests("", "/manifests/");
        assertThat(run(policy)).isEqualTo("succeeded: 0 copied, 6 unchanged, 0 deleted");
        assertThat(this.ecr.registryRequests("", "/manifests/")).as("requests for manifests").isEqualTo(manifests);

        this.central.delete("team/app", "v3");
        assertThat(run(policy)).isEqualTo("succeeded: 0 copied, 5 unchanged, 1 deleted");
        assertThat(this.ecr.digests("mirror/app")).containsOnlyKeys("v0", "v1", "v2", "v4");
        assertThat(libraryClasses()).as("classes that a connection to ECR loads").isNotEmpty();
    }

    @Test
    @Order(3)
    void events_of_the_queue_start_a_policy_of_what_they_name() {
        this.api.create("/api/replication/policies", Map.of("name", "from ecr", "src_registry_id", registryNamed("ecr"),
                "dest_registry_id", registryNamed("central"), "dest_namespace", "back", "filters",
                List.of(Map.of("type", "name", "value", "events/*")), "triggers", List.of(Map.of("type", "event"))));
        this.ecr.create("events/app");
        this.ecr.push("events/app", "v1", Images.image(31, 2000));

        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> this.central.digests().containsKey("back/app:v1"));
        Awaitility.await().until(this.ecr.queue::isEmpty);
    }

    @Test
    @Order(4)
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void a_run_outlives_its_tokens_and_its_service() {
        IntStream.range(0, 1_500)
            .parallel()
            .forEach((i) -> this.central.push("many/app", "t" + i, Images.image(10_000 + i, 100)));
        this.ecr.tokens.live(Duration.ofSeconds(25));
        this.ecr.tokens.endAll();
        long policy = this.api.create("/api/replication/policies",
                Map.of("name", "many", "src_registry_id", registryNamed("central"), "dest_registry_id",
                        registryNamed("ecr"), "src_namespaces", List.of("many"), "dest_namespace", "many", "deletion",
                        true));
        long execution = this.api.start(policy);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> this.ecr.digests("many/app").size() > 500);
        this.drayage.kill();
        this.drayage = start();
        this.api = this.drayage.api();

        JsonNode ended = this.api.ended(execution, Duration.ofMinutes(10));
        assertThat(ended.get("status").asText()).isEqualTo("succeeded");
        assertThat(this.ecr.digests("many/app")).hasSize(1_500);
        assertThat(this.ecr.tokens.issued()).isGreaterThan(3);

        this.central.registry().untag("many/app", "t7");
        assertThat(run(policy)).isEqualTo("succeeded: 0 copied, 1499 unchanged, 1 deleted");
        assertThat(this.ecr.digests("many/app")).doesNotContainKey("t7").hasSize(1_499);
    }

    @Test
    @Order(5)
    void the_document_of_the_public_gallery_s_page_is_applied_and_its_policy_runs() throws Exception {
        this.central.push("gallery/app", "v1", Images.image(41, 2000));
        try (EcrPublicFront gallery = new EcrPublicFront()) {
            apply(document("aws-ecr-public").replace("https://public.ecr.aws", gallery.url())
                .replace("\"settings\": {", "\"settings\": {\"api\": \"%s\", ".formatted(gallery.apiUrl()))
                .replace("[\"team\"]", "[\"gallery\"]")
                .replace("https://registry.example.com", this.central.url().toString()));

            assertThat(run(policyNamed("publish"))).isEqualTo("succeeded: 1 copied, 0 unchanged, 0 deleted");
            assertThat(gallery.digests("acme/app")).containsOnlyKeys("v1");
            assertThat(gallery.created.toString()).contains("Images of the platform team");
            assertThat(gallery.mistakes).isEmpty();
        }
    }

    /** The document in JSON on an adapter's page. */
    private static String document(String adapter) throws IOException {
        String page = Files.readString(Path.of("docs/adapters", adapter + ".md"));
        int json = page.indexOf("```json\n{\n  \"registries\"");
        return page.substring(json + "```json\n".length(), page.indexOf("```", json + 3));
    }

    private String apply(String document) throws Exception {
        Path file = Files.writeString(this.folder.resolve("document.json"), document);
        return Command
            .run(Map.of("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port(), "DRAYAGE_PASSWORD",
                    DrayageProcess.PASSWORD, "AWS_SECRET", EcrFront.SECRET), "policies", "apply", "-f", file.toString())
            .expect(0)
            .out();
    }

    private List<String> libraryClasses() throws IOException {
        try (var lines = Files.lines(this.loaded)) {
            return lines.filter((line) -> LIBRARIES.stream().anyMatch((each) -> line.contains(" " + each)))
                .limit(5)
                .toList();
        }
    }

    private long policyNamed(String name) {
        return named("/api/replication/policies", name);
    }

    private long registryNamed(String name) {
        return named("/api/registries", name);
    }

    private long named(String path, String name) {
        for (JsonNode each : this.api.get(path).expect(200).json()) {
            if (each.get("name").asText().equals(name)) {
                return each.get("id").asLong();
            }
        }
        throw new AssertionError("no " + name + " at " + path);
    }

    private String run(long policy) {
        JsonNode ended = this.api.run(policy);
        JsonNode counts = ended.path("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.path("status").asText(), counts.path("copied"),
                counts.path("unchanged"), counts.path("deleted"));
    }

}
