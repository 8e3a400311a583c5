package e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Image;
import fixtures.Images;
import fixtures.Site;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A plan says what an execution would do, and does none of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanTest {

    private static final String EXECUTIONS = "/api/replication/executions";

    private final DrayageProcess drayage;

    private final Api api;

    private final Site from = Site.start();

    private final Site to = Site.start();

    private final long source;

    private final long destination;

    PlanTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home);
        this.api = this.drayage.api();
        this.source = registry("hub", this.from.url());
        this.destination = registry("mirror", this.to.url());
    }

    private long registry(String name, String url) {
        return this.api.create("/api/registries", Map.of("name", name, "registry_type", "oci", "url", url));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.from.close();
        this.to.close();
    }

    @Test
    void an_apply_does_what_was_planned_and_the_plan_wrote_nothing() {
        Image same = Images.image(1, 100);
        this.from.push("lib/app", "same", same);
        this.from.push("lib/app", "goes", Images.image(2, 100));
        long policy = policy("mirror", true, false);
        assertThat(this.api.run(policy).at("/artifacts/copied").asLong()).isEqualTo(2);
        this.from.delete("lib/app", "goes");
        this.from.push("lib/app", "new", Images.twoPlatforms(3, 100));
        this.from.push("other/app", "v1", Images.image(4, 100));
        this.from.push("lib/app", "changed", Images.image(5, 100));
        this.to.push("lib/app", "changed", Images.image(6, 100));
        Map<String, String> before = this.to.digests();
        long writes = this.to.writes();

        JsonNode plan = plan(policy);

        assertThat(plan.get("mode").asText()).isEqualTo("plan");
        assertThat(plan.get("status").asText()).isEqualTo("succeeded");
        assertThat(plan.get("bytes").asLong()).isZero();
        assertThat(this.to.writes()).isEqualTo(writes);
        assertThat(this.to.digests()).isEqualTo(before);
        assertThat(log(plan))
            .contains("would copy new sha256:", "would copy v1 sha256:", "would delete goes sha256:",
                    "kept changed sha256:", "1 to be copied, 1 to be deleted, 1 kept")
            .doesNotContain("copied new", "deleted goes");

        JsonNode applied = this.api.run(policy);

        assertThat(applied.get("mode").asText()).isEqualTo("apply");
        assertThat(applied.get("artifacts")).isEqualTo(plan.get("artifacts"));
        assertThat(applied.get("artifacts").toString())
            .isEqualTo("{\"copied\":2,\"unchanged\":1,\"kept\":1,\"skipped\":0,\"failed\":0,\"deleted\":1}");
        assertThat(this.to.digests()).doesNotContainKey("lib/app:goes");
        this.to.verify("lib/app", "new");
        this.to.verify("other/app", "v1");
        assertThat(plan(policy).at("/artifacts/copied").asLong()).isZero();
    }

    @Test
    void a_policy_can_be_planned_before_it_is_enabled() {
        this.from.push("early/app", "v1", Images.image(10, 100));
        long policy = this.api.create("/api/replication/policies",
                Map.of("name", "early", "src_registry_id", this.source, "dest_registry_id", this.destination, "enabled",
                        false, "filters", List.of(Map.of("type", "name", "value", "early/app"))));
        this.api.post(EXECUTIONS, Map.of("policy_id", policy)).expect(409);

        String out = Command
            .run(Map.of("DRAYAGE_PASSWORD", DrayageProcess.PASSWORD), "run", "early", "--plan", "--wait", "--url",
                    this.api.url("/").toString())
            .out();

        assertThat(out).startsWith("plan ")
            .contains(" of early: succeeded, 1 of 1 repositories, 1 to be copied, 0 to be deleted, 0 unchanged");
        assertThat(this.to.digests().keySet()).noneMatch((tag) -> tag.startsWith("early/"));
    }

    @Test
    void a_mode_that_there_is_not_is_refused() {
        assertThat(this.api.post(EXECUTIONS, Map.of("policy_id", 1, "mode", "guess")).expect(422).body())
            .contains("mode must be one of [apply, plan], but is");
    }

    private long policy(String name, boolean deletion, boolean override) {
        return this.api.create("/api/replication/policies",
                Map.of("name", name, "src_registry_id", this.source, "dest_registry_id", this.destination, "deletion",
                        deletion, "override", override, "filters",
                        List.of(Map.of("type", "name", "value", "{lib,other}/**"))));
    }

    private JsonNode plan(long policy) {
        return this.api.ended(this.api.create(EXECUTIONS, Map.of("policy_id", policy, "mode", "plan")));
    }

    private String log(JsonNode execution) {
        StringBuilder text = new StringBuilder();
        execution.get("logs").forEach((task) -> text.append(this.api.get(task.get("log_data_path").asText()).body()));
        return text.toString();
    }

}
