package e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.RawClient;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.embedded.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several nodes on one PostgreSQL, as real processes. */
@Tag("long")
class NodesTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final String ANOTHER_KEY = "MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final int MANY = 80;

    private static final String SECRET = "hidden-word-of-bob";

    @TempDir
    private Path folder;

    private EmbeddedDatabase database;

    private Site a;

    private Site b;

    @BeforeEach
    void start() throws IOException {
        this.database = EmbeddedDatabase.start(this.folder.resolve("database"));
        RealRegistry secured = RealRegistry.builder().basicAuth("bob", SECRET).start();
        this.a = new Site(secured, Registered.at(secured).basic("bob", SECRET));
        this.b = Site.start();
    }

    @AfterEach
    void stop() {
        this.a.close();
        this.b.close();
        this.database.close();
    }

    private DrayageProcess node(String name, String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of("DRAYAGE_DB_URL", this.database.jdbcUrl(),
                "DRAYAGE_DB_USER", this.database.user(), "DRAYAGE_DB_PASSWORD", this.database.password(), "DRAYAGE_KEY",
                KEY, "DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return DrayageProcess.start(this.folder.resolve(name), environment);
    }

    private void push(int repositories, int size) {
        for (int i = 0; i < repositories; i++) {
            this.a.push("lib/app" + i, "v1", Images.image(i, size));
        }
    }

    private Map<String, Object> source(String secret) {
        return Map.of("name", "a", "registry_type", "oci", "url", this.a.url(), "force", true, "credential",
                Map.of("type", "basic", "access_key", "bob", "access_secret", secret));
    }

    private long policy(Api api, Map<String, Object> more) {
        long source = api.create("/api/registries", source(SECRET));
        long destination = api.create("/api/registries",
                Map.of("name", "b", "registry_type", "oci", "url", this.b.url()));
        Map<String, Object> body = new HashMap<>(
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
        body.putAll(more);
        return api.create("/api/replication/policies", body);
    }

    private static String execution(long id) {
        return "/api/replication/executions/" + id;
    }

    private static void awaitCopied(Api api, long id, int least) {
        Awaitility.await("copied " + least)
            .atMost(Duration.ofSeconds(60))
            .until(() -> api.get(execution(id)).json().get("succeed").asInt() >= least);
    }

    private static void pauseInTheMiddle(Api api, long id) {
        awaitCopied(api, id, 1);
        api.put(execution(id), Map.of("operation", "pause")).expect(200);
    }

    @Test
    void one_node_serves_and_another_works() throws IOException {
        push(3, 1000);
        try (DrayageProcess serves = node("serves", "DRAYAGE_ROLES", "api")) {
            Api api = serves.api();
            long id = api.start(policy(api, Map.of()));
            try (DrayageProcess works = node("works", "DRAYAGE_ROLES", "work")) {
                assertThat(api.ended(id).get("status").asText()).isEqualTo("succeeded");
                assertThat(works.api().get("/api/replication/policies").expect(404).body()).contains("drayage.roles");
                for (String odd : List.of("/%61pi/replication/policies", "/api//replication/policies",
                        "/api;x/replication/policies", "/actuator/../api/replication/policies")) {
                    try (RawClient client = new RawClient(works.port())) {
                        assertThat(client.send("GET " + odd + " HTTP/1.1\r\nHost: h\r\n\r\n").status()).as(odd)
                            .isEqualTo(400);
                    }
                }
                assertThat(works.api().anonymous("/actuator/health/readiness").status()).isEqualTo(200);
            }
            assertThat(serves.log()).contains("0 nodes work");
            long waiting = api.start(1);
            Awaitility.await()
                .during(Duration.ofSeconds(2))
                .until(() -> api.get(execution(waiting)).json().get("status").asText().equals("pending"));
        }
    }

    @Test
    void a_node_with_another_key_does_not_start_and_says_why() {
        try (DrayageProcess first = node("first")) {
            assertThat(first.api().get("/api/registries").status()).isEqualTo(200);
            assertThatThrownBy(() -> node("second", "DRAYAGE_KEY", ANOTHER_KEY)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Drayage ended with 1")
                .hasMessageContaining("Drayage does not start: node ")
                .hasMessageContaining("has another key: give all nodes the same DRAYAGE_KEY")
                .hasMessageNotContaining("\tat ");
        }
    }

    @Test
    void a_node_with_another_folder_of_layouts_says_so_where_a_registry_is_a_folder() {
        try (DrayageProcess first = node("first")) {
            first.api().create("/api/registries", Map.of("name", "disk", "registry_type", "layout", "url", "layout:x"));
            try (DrayageProcess second = node("second")) {
                assertThat(second.log()).contains("the registries [disk] are folders")
                    .contains("another folder of layouts than this node");
            }
        }
    }

    @Test
    void a_node_that_is_told_to_end_hands_its_tasks_to_the_other() {
        push(30, 300_000);
        try (DrayageProcess stays = node("stays", "DRAYAGE_TRANSFER_TASKS", "2")) {
            Api api = stays.api();
            long policy = policy(api, Map.of());
            DrayageProcess leaves = node("leaves", "DRAYAGE_TRANSFER_TASKS", "2");
            long id = api.start(policy);
            awaitCopied(api, id, 3);

            leaves.close();

            assertThat(leaves.log()).doesNotContain("ERROR");
            JsonNode ended = api.ended(id);
            assertThat(ended.get("status").asText()).isEqualTo("succeeded");
            assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(30);
            assertThat(this.b.digests()).isEqualTo(this.a.digests());
        }
    }

    @Test
    void what_waits_goes_on_with_the_registry_as_it_was_edited() {
        push(MANY, 5_000);
        try (DrayageProcess node = node("one")) {
            Api api = node.api();
            long policy = policy(api, Map.of("max_tasks", 1));
            long id = api.start(policy);
            pauseInTheMiddle(api, id);
            api.put("/api/registries/1", source("another-word")).expect(200);
            api.put(execution(id), Map.of("operation", "resume")).expect(200);

            JsonNode ended = api.ended(id);
            assertThat(ended.get("status").asText()).isEqualTo("partial");
            assertThat(ended.get("status_text").asText()).contains("401").doesNotContain("another-word");
            int copied = ended.get("artifacts").get("copied").asInt();
            assertThat(copied).isBetween(1, MANY - 1);

            api.put("/api/registries/1", source(SECRET)).expect(200);
            api.put(execution(id), Map.of("operation", "retry")).expect(200);
            JsonNode retried = api.ended(id);
            assertThat(retried.get("status").asText()).isEqualTo("succeeded");
            assertThat(retried.get("artifacts").get("copied").asInt()).isEqualTo(MANY);
            assertThat(this.b.digests()).isEqualTo(this.a.digests());
        }
    }

    @Test
    void a_policy_that_is_disabled_or_deleted_while_it_runs() {
        push(MANY, 5_000);
        try (DrayageProcess node = node("one")) {
            Api api = node.api();
            long policy = policy(api, Map.of("max_tasks", 1));
            long id = api.start(policy);
            pauseInTheMiddle(api, id);

            api.delete("/api/replication/policies/" + policy).expect(409);
            JsonNode body = api.get("/api/replication/policies/" + policy).json();
            ((ObjectNode) body).put("enabled", false);
            api.put("/api/replication/policies/" + policy, body).expect(200);
            api.put(execution(id), Map.of("operation", "resume")).expect(200);

            JsonNode ended = api.ended(id);
            assertThat(ended.get("status").asText()).isEqualTo("succeeded");
            assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(MANY);
            assertThat(api.post("/api/replication/executions", Map.of("policy_id", policy)).expect(409).body())
                .contains("is disabled");
            api.delete("/api/replication/policies/" + policy).expect(204);
            assertThat(api.get(execution(id)).expect(200).json().get("policy_name").asText()).isEqualTo("p");
            api.put(execution(id), Map.of("operation", "retry", "rerun", true)).expect(409);
            api.delete(execution(id)).expect(204);
            api.get(execution(id)).expect(404);
        }
    }

}
