package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Image;
import fixtures.Images;
import fixtures.Page;
import fixtures.Site;
import fixtures.StoppablePostgres;
import fixtures.vendors.HarborFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Harbor as its page describes it, to a plain registry and back: a robot's account, a
 * label, signatures, projects, deletion by the API alone, and its webhook.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HarborTest {

    private static final Page PAGE = Page.of("docs/adapters/harbor.md");

    private static final Image RELEASE = Images.image(1, 2000, 500);

    private static final String SIGNATURE = RELEASE.digest().toString().replace(':', '-') + ".sig";

    private final Path folder;

    private final HarborFront harbor = new HarborFront();

    private final Site edge = Site.start();

    private final StoppablePostgres database;

    private final DrayageProcess drayage;

    private final Api api;

    HarborTest(@TempDir Path folder) {
        this.folder = folder;
        this.database = StoppablePostgres.start(folder.resolve("database"));
        this.drayage = DrayageProcess.start(folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_DB_URL", this.database.jdbcUrl(), "DRAYAGE_DB_USER", "postgres"));
        this.api = this.drayage.api();
    }

    @AfterEach
    void nothing_was_sent_that_should_not_have_been() {
        assertThat(this.harbor.mistakes).isEmpty();
        assertThat(this.harbor.registryRequests("DELETE", "/manifests/")).isZero();
        assertThat(this.drayage.log()).doesNotContain(HarborFront.SECRET, "Bearer ");
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.database.close();
        this.harbor.close();
        this.edge.close();
    }

    @Test
    @Order(1)
    void the_document_of_the_page_copies_what_has_the_label_and_no_signature() throws IOException {
        this.harbor.project("team", true);
        this.harbor.push("team/app", "v1", RELEASE);
        this.harbor.push("team/app", "v2", Images.image(2, 2000));
        this.harbor.push("team/app", SIGNATURE, Images.artifact("text/signature"));
        this.harbor.push("team/tools/lint", "v1", Images.image(3, 2000));
        this.harbor.push("other/app", "v1", Images.image(4, 2000));
        this.harbor.label("team/app", "v1", "release");
        this.harbor.label("team/tools/lint", "v1", "release");
        this.harbor.label("other/app", "v1", "release");

        assertThat(apply(PAGE.block("json", 1), "json")).contains("3 created");
        assertThat(apply(PAGE.block("yaml", 1), "yaml")).startsWith("nothing changed");

        assertThat(run("releases to the edge")).isEqualTo("succeeded: 2 copied, 0 unchanged, 0 deleted");
        assertThat(this.edge.digests()).containsOnlyKeys("team/app:v1", "team/tools/lint:v1");
        long manifests = this.harbor.registryRequests("", "/manifests/");
        assertThat(run("releases to the edge")).isEqualTo("succeeded: 0 copied, 2 unchanged, 0 deleted");
        assertThat(this.harbor.registryRequests("", "/manifests/")).isEqualTo(manifests);

        this.harbor.untag("team/app", "v1");
        assertThat(run("releases to the edge")).isEqualTo("succeeded: 0 copied, 1 unchanged, 1 deleted");
        assertThat(this.edge.digests()).containsOnlyKeys("team/tools/lint:v1");
    }

    @Test
    @Order(2)
    void on_the_way_back_a_project_is_created_and_single_tags_are_deleted_by_the_api() {
        this.edge.push("site/app", "v1", RELEASE);
        this.edge.push("site/app", SIGNATURE, Images.artifact("text/signature"));
        this.edge.push("site/app", "v3", Images.image(5, 2000));
        policy("back", "edge", "harbor",
                Map.of("src_namespaces", List.of("site"), "dest_namespace", "back", "deletion", true));

        JsonNode plan = plan("back");
        assertThat(plan.at("/artifacts/copied").asInt()).as(plan.toString()).isEqualTo(3);
        assertThat(this.harbor.created).isEmpty();

        assertThat(run("back")).isEqualTo("succeeded: 3 copied, 0 unchanged, 0 deleted");
        assertThat(this.harbor.created).containsOnlyKeys("back");
        assertThat(this.harbor.createdPublic("back")).isFalse();
        assertThat(run("back")).as("with the signature, which Harbor's list leaves out")
            .isEqualTo("succeeded: 0 copied, 3 unchanged, 0 deleted");

        this.edge.delete("site/app", "v3");
        assertThat(run("back")).isEqualTo("succeeded: 0 copied, 2 unchanged, 1 deleted");
        assertThat(this.harbor.digests("back/app")).containsOnlyKeys("v1", SIGNATURE);
        assertThat(this.harbor.apiRequests("DELETE", "/tags/v3")).isEqualTo(1);
    }

    @Test
    @Order(3)
    void within_one_harbor_a_project_is_as_open_as_the_source_and_a_proxy_cache_is_told() {
        policy("open", "harbor", "harbor", Map.of("src_namespaces", List.of("team"), "dest_namespace", "open"));
        assertThat(run("open")).isEqualTo("succeeded: 2 copied, 0 unchanged, 0 deleted");
        assertThat(this.harbor.createdPublic("open")).isTrue();

        this.harbor.proxyCache("cache");
        policy("cached", "harbor", "harbor", Map.of("src_namespaces", List.of("team"), "dest_namespace", "cache"));
        assertThat(run("cached")).isEqualTo("succeeded: 0 copied, 0 unchanged, 0 deleted");
    }

    @Test
    @Order(4)
    void its_webhook_is_made_once_and_its_events_are_taken_with_the_secret_alone() {
        long registry = named("/api/registries", "harbor").get("id").asLong();
        String path = "/api/registries/" + registry + "/webhook";
        Map<String, Object> wanted = Map.of("url", "http://127.0.0.1:" + this.drayage.port(), "namespaces",
                List.of("team"));
        JsonNode made = this.api.post(path, wanted).expect(201).json();
        assertThat(made.get("webhooks").toString()).isEqualTo("[{\"namespace\":\"team\",\"state\":\"created\"}]");
        assertThat(made.at("/hook/url").isMissingNode()).isTrue();
        assertThat(this.api.post(path, wanted).expect(200).json().at("/webhooks/0/state").asText())
            .isEqualTo("unchanged");
        assertThat(this.harbor.webhooks).hasSize(1);

        JsonNode hook = this.api.get("/api/registries/" + registry + "/hooks/" + made.at("/hook/id").asLong())
            .expect(200)
            .json();
        assertThat(hook.get("sender").asText()).isEqualTo("harbor");
        assertThat(hook.get("setup").asText()).contains("open Webhooks", "the hook's secret");

        policy("events", "harbor", "edge", Map.of("dest_namespace", "told", "src_namespaces", List.of("team"),
                "triggers", List.of(Map.of("type", "event"))));
        JsonNode target = this.harbor.webhooks.values().iterator().next().at("/targets/0");
        String address = target.get("address").asText().replace("http://127.0.0.1:" + this.drayage.port(), "");
        String body = """
                {"type": "PUSH_ARTIFACT", "occur_at": 1, "operator": "admin", "event_data": {
                  "resources": [{"digest": "%s", "tag": "v2", "resource_url": "x/team/app:v2"}],
                  "repository": {"name": "app", "namespace": "team", "repo_full_name": "team/app", "repo_type": "private"}}}
                """
            .formatted(this.harbor.digests("team/app").get("v2"));
        assertThat(this.api.deliver(address, body, Map.of("Authorization", "Bearer guessed")).status()).isEqualTo(401);
        this.api.deliver(address, body, Map.of("Authorization", target.get("auth_header").asText())).expect(202);
        Awaitility.await().untilAsserted(() -> assertThat(this.edge.digests()).containsKey("told/app:v2"));
    }

    private String apply(String document, String type) throws IOException {
        Path file = Files.writeString(this.folder.resolve("harbor." + type),
                document.replace("https://harbor.example.com", this.harbor.url())
                    .replace("https://registry.example.com", this.edge.url()));
        return Command
            .run(Map.of("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port(), "DRAYAGE_PASSWORD",
                    DrayageProcess.PASSWORD, "HARBOR_ROBOT", HarborFront.SECRET), "policies", "apply", "-f",
                    file.toString())
            .expect(0)
            .out();
    }

    private void policy(String name, String from, String to, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("name", name);
        body.put("src_registry_id", named("/api/registries", from).get("id").asLong());
        body.put("dest_registry_id", named("/api/registries", to).get("id").asLong());
        this.api.create("/api/replication/policies", body);
    }

    private JsonNode plan(String policy) {
        long id = named("/api/replication/policies", policy).get("id").asLong();
        return this.api.ended(this.api.create("/api/replication/executions", Map.of("policy_id", id, "mode", "plan")));
    }

    private String run(String policy) {
        JsonNode ended = this.api.run(named("/api/replication/policies", policy).get("id").asLong());
        JsonNode artifacts = ended.get("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.get("status").asText(),
                artifacts.get("copied"), artifacts.get("unchanged"), artifacts.get("deleted"));
    }

    private JsonNode named(String list, String name) {
        for (JsonNode each : this.api.get(list).expect(200).json()) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no " + name + " in " + list);
    }

}
