package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Page;
import fixtures.Site;
import fixtures.vendors.DockerHubFront;
import fixtures.vendors.GitLabFront;
import fixtures.vendors.GithubFront;
import fixtures.vendors.QuayFront;
import fixtures.vendors.VendorFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples on the pages of Docker Hub, GitHub, GitLab and Quay are applied and run as
 * they stand there, but for hosts and secrets.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VendorExamplesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    private final Site central = Site.start();

    private final DockerHubFront hub = new DockerHubFront();

    private final GithubFront github = new GithubFront();

    private final GitLabFront gitlab = new GitLabFront();

    private final QuayFront quay = new QuayFront();

    private final DrayageProcess drayage;

    VendorExamplesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.drayage = DrayageProcess.start(folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_ADAPTER_HOSTS", "dockerhub=http://127.0.0.1:{port},ghcr=http://127.0.0.1:{port}"));
        this.gitlab.projects.add("acme/project");
        this.hub.withoutDigest.add("v1");
        for (String tag : List.of("v1", "v2", "dev")) {
            this.central.push("team/app", tag, Images.image(tag.hashCode(), 2000));
        }
        apply("dockerhub", "https://docker.io", this.hub, this.hub.apiUrl());
        apply("ghcr", "https://ghcr.io", this.github, this.github.apiUrl());
        apply("gitlab", "https://registry.gitlab.com", this.gitlab, "");
        apply("quay", "https://quay.io", this.quay, "");
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.central.close();
        for (VendorFront front : List.of(this.hub, this.github, this.gitlab, this.quay)) {
            front.close();
            assertThat(front.mistakes).isEmpty();
        }
        assertThat(this.drayage.log()).doesNotContain("canary");
    }

    @Test
    void the_examples_copy_find_all_unchanged_and_delete_what_has_gone() {
        assertThat(run("publish")).isEqualTo("succeeded: 2 copied, 0 unchanged, 0 deleted");
        for (String policy : List.of("to ghcr", "to gitlab", "to quay")) {
            assertThat(run(policy)).as(policy).isEqualTo("succeeded: 3 copied, 0 unchanged, 0 deleted");
        }
        assertThat(this.hub.created.get("acme/app").path("is_private").asBoolean()).isTrue();
        assertThat(this.quay.created.get("acme/app").path("visibility").asText()).isEqualTo("private");
        assertThat(this.quay.created.get("acme/app").has("made_by")).isFalse();
        assertThat(this.github.digests("octocat/app")).containsOnlyKeys("v1", "v2", "dev");

        List.of(this.hub, this.quay, this.github, this.gitlab).forEach((front) -> front.registryLog.clear());
        assertThat(run("publish")).isEqualTo("succeeded: 0 copied, 2 unchanged, 0 deleted");
        assertThat(run("to ghcr")).isEqualTo("succeeded: 0 copied, 3 unchanged, 0 deleted");
        assertThat(run("to quay")).isEqualTo("succeeded: 0 copied, 3 unchanged, 0 deleted");
        assertThat(this.hub.registryRequests("", "/manifests/")).as("the one tag without a digest").isEqualTo(1);
        assertThat(this.quay.registryRequests("", "/manifests/")).isZero();
        assertThat(this.github.registryRequests("", "/manifests/")).isLessThanOrEqualTo(6);

        this.central.delete("team/app", "v2");
        assertThat(run("publish")).isEqualTo("succeeded: 0 copied, 1 unchanged, 1 deleted");
        assertThat(run("to gitlab")).isEqualTo("succeeded: 0 copied, 2 unchanged, 1 deleted");
        assertThat(run("to quay")).isEqualTo("succeeded: 0 copied, 2 unchanged, 1 deleted");
        assertThat(this.hub.digests("acme/app")).containsOnlyKeys("v1");
        assertThat(this.gitlab.digests("acme/project/app")).containsOnlyKeys("v1", "dev");
        assertThat(this.quay.digests("acme/app")).containsOnlyKeys("v1", "dev");
    }

    @Test
    void what_a_vendor_cannot_do_is_said_by_name() {
        ObjectNode deleting = copy("to ghcr", "github deletes").put("deletion", true);
        JsonNode refusal = this.drayage.api().post("/api/replication/policies", deleting).expect(422).json();
        assertThat(refusal.get("field").asText()).isEqualTo("deletion");
        assertThat(refusal.get("detail").asText()).contains("\"ghcr\"");

        ObjectNode deep = copy("publish", "too deep").put("dest_namespace", "acme/tools");
        assertThat(this.drayage.api().post("/api/replication/policies", deep).expect(422).json().get("detail").asText())
            .contains("\"acme-tools\" would fit");

        long nowhere = this.drayage.api()
            .create("/api/replication/policies", copy("to gitlab", "no project").put("dest_namespace", "acme/none"));
        JsonNode ended = this.drayage.api().run(nowhere);
        assertThat(ended.get("status").asText()).isEqualTo("failed");
        assertThat(this.drayage.api().get("/api/replication/executions/" + ended.get("id") + "/logs").body())
            .contains("GitLab takes images for a project that exists");

        JsonNode wrong = this.drayage.api()
            .post("/api/registries",
                    Map.of("name", "elsewhere", "registry_type", "dockerhub", "url", "https://docker.io", "settings",
                            Map.of("api", "https://attacker.example")))
            .expect(422)
            .json();
        assertThat(wrong.get("field").asText()).isEqualTo("settings.api");
    }

    /** Applies the page's JSON, which its YAML repeats. */
    private void apply(String page, String url, VendorFront front, String api) throws IOException {
        Page example = Page.of("docs/adapters/" + page + ".md");
        JsonNode document = JSON.readTree(example.block("json", 1));
        assertThat(new YAMLMapper().readTree(example.block("yaml", 1))).isEqualTo(document);
        for (JsonNode registry : document.get("registries")) {
            ObjectNode there = (ObjectNode) registry;
            boolean vendors = there.get("url").asText().equals(url);
            there.put("url", vendors ? front.url() : this.central.url());
            if (vendors && !api.isEmpty()) {
                there.withObject("settings").put("api", api);
            }
        }
        Path file = Files.writeString(this.folder.resolve(page + ".json"), document.toString());
        Command
            .run(Map.of("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port(), "DRAYAGE_PASSWORD",
                    DrayageProcess.PASSWORD, "HUB_TOKEN", DockerHubFront.SECRET, "GHCR_TOKEN", GithubFront.TOKEN,
                    "GITLAB_TOKEN", GitLabFront.TOKEN, "QUAY_ROBOT", QuayFront.SECRET, "QUAY_API", QuayFront.API_TOKEN),
                    "policies", "apply", "-f", file.toString())
            .expect(0);
    }

    /** How it ended, or its tasks where that was not well. */
    private String run(String policy) {
        JsonNode ended = this.drayage.api().run(named(policy).get("id").asLong());
        if (!ended.get("status").asText().equals("succeeded")) {
            return this.drayage.api().get("/api/replication/executions/" + ended.get("id") + "/logs").body();
        }
        JsonNode artifacts = ended.get("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.get("status").asText(),
                artifacts.get("copied"), artifacts.get("unchanged"), artifacts.get("deleted"));
    }

    /** A new policy between the registries of another. */
    private ObjectNode copy(String policy, String name) {
        JsonNode other = named(policy);
        ObjectNode copy = JSON.createObjectNode().put("name", name);
        copy.set("src_registry_id", other.get("src_registry_id"));
        copy.set("dest_registry_id", other.get("dest_registry_id"));
        copy.set("src_namespaces", other.get("src_namespaces"));
        copy.set("dest_namespace", other.get("dest_namespace"));
        return copy;
    }

    private JsonNode named(String name) {
        for (JsonNode each : this.drayage.api().get("/api/replication/policies").expect(200).json()) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no policy " + name);
    }

}
