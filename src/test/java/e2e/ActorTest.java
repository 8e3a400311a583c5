package e2e;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.FaultyRegistry;
import fixtures.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The actor of a change is who logged in, whatever headers say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActorTest {

    private static final String NAME = "o'neill, \"null\"";

    private final DrayageProcess drayage;

    private final Api api;

    private long policy;

    ActorTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home, Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_NAME", NAME,
                "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
        this.api = this.drayage.api(NAME, DrayageProcess.PASSWORD);
    }

    @BeforeAll
    void createAPolicy() {
        long here = registry("here");
        long there = registry("there");
        this.policy = this.api.create("/api/replication/policies",
                Map.of("name", "mirror", "creator", "mallory", "src_registry_id", here, "dest_registry_id", there));
    }

    private long registry(String name) {
        return this.api.create("/api/registries",
                Map.of("name", name, "registry_type", "layout", "url", "layout:" + name));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
    }

    @Test
    void a_policy_has_its_creator() {
        assertThat(get("/api/replication/policies/" + this.policy).get("creator").asText()).isEqualTo(NAME);
    }

    @Test
    void an_execution_shows_who_started_it_also_one_of_a_policy_in_its_body_and_one_that_is_run_anew() {
        long manual = this.api.run(this.policy).get("id").asLong();
        long once = this.api.create("/api/replication/executions",
                Map.of("policy", Map.of("src_registry_id", 1, "dest_registry_id", 2)));
        this.api.ended(once);
        JsonNode again = this.api
            .put("/api/replication/executions/" + manual, Map.of("operation", "retry", "rerun", true))
            .expect(201)
            .json();
        this.api.ended(again.get("id").asLong());

        assertThat(StreamSupport.stream(get("/api/replication/executions").spliterator(), false)
            .map((execution) -> execution.get("started_by").asText())).hasSizeGreaterThanOrEqualTo(3)
            .containsOnly(NAME);
        assertThat(Command.run(login(), "status", "--url", this.api.url("/").toString()).out()).contains("BY", NAME)
            .doesNotContain("admin");
    }

    private static Map<String, String> login() {
        return Map.of("DRAYAGE_USER", NAME, "DRAYAGE_PASSWORD", DrayageProcess.PASSWORD);
    }

    @Test
    void what_was_done_to_an_execution_and_a_task_says_who_did_it() {
        try (FaultyRegistry slow = new FaultyRegistry()) {
            slow.on("GET", "/v2/", Reply.json("{}"));
            slow.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": [\"lib/slow\"]}"));
            slow.on("GET", "/v2/lib/slow/tags/list", Reply.hang());
            long source = this.api.create("/api/registries",
                    Map.of("name", "slow", "registry_type", "oci", "url", slow.url().toString()));
            long mirror = this.api.create("/api/replication/policies",
                    Map.of("name", "slow", "src_registry_id", source, "dest_registry_id", registry("aside")));
            String execution = "/api/replication/executions/" + this.api.start(mirror);
            Awaitility.await().until(() -> !slow.requests("GET", "/v2/lib/slow/tags/list").isEmpty());
            String task = execution + "/tasks/" + get(execution + "/logs").get(0).get("id").asText();

            this.api.put(execution, Map.of("operation", "pause")).expect(200);
            this.api.put(execution, Map.of("operation", "resume")).expect(200);
            this.api.put(task, Map.of("operation", "stop")).expect(200);

            assertThat(StreamSupport.stream(get(execution + "/changes").spliterator(), false)
                .map((change) -> change.get("who").asText())).filteredOn((who) -> !who.equals("drayage"))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(NAME);
        }
    }

    private JsonNode get(String path) {
        return this.api.get(path).expect(200).json();
    }

}
