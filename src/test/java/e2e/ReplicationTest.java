package e2e;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.FaultyRegistry;
import fixtures.Image;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job: real registries, the real program, its own database, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicationTest {

    private final DrayageProcess drayage;

    private final Api api;

    private int names;

    ReplicationTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home);
        this.api = this.drayage.api();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
    }

    @Test
    void a_hundred_images_of_a_private_registry_arrive_at_one_behind_a_private_authority_and_then_nothing_is_written() {
        RealRegistry secured = RealRegistry.builder().basicAuth("alice", "s3cr3t-word").start();
        RealRegistry trusted = RealRegistry.builder().tls().start();
        try (Site a = new Site(secured, Registered.at(secured).basic("alice", "s3cr3t-word"));
                Site b = new Site(trusted, Registered.at(trusted).trusting(trusted.caPem()))) {
            for (int repository = 0; repository < 20; repository++) {
                for (int tag = 0; tag < 5; tag++) {
                    Image image = (tag == 4) ? Images.twoPlatforms(repository, 2000)
                            : Images.image(repository * 100L + tag, 3000, 500);
                    a.push("team-" + repository % 3 + "/app" + repository, "v" + tag, image);
                }
            }
            long source = registry(a.url(), Map.of("credential",
                    Map.of("type", "basic", "access_key", "alice", "access_secret", "s3cr3t-word")));
            long destination = registry(b.url(), Map.of("ca_certificate", trusted.caPem()));
            long policy = policy(source, destination, Map.of());

            JsonNode first = this.api.run(policy);

            assertThat(first.get("status").asText()).isEqualTo("succeeded");
            assertThat(b.digests()).hasSize(100).isEqualTo(a.digests());
            assertThat(first.get("total").asLong()).isEqualTo(20);
            assertThat(first.get("succeed").asLong()).isEqualTo(20);
            assertThat(first.get("failed").asLong() + first.get("in_progress").asLong()).isZero();
            assertThat(artifacts(first)).isEqualTo("100 copied, 0 unchanged, 0 kept, 0 skipped, 0 failed");
            assertThat(first.get("bytes").asLong()).isPositive();
            b.verify("team-0/app0", "v4");
            b.verify("team-1/app1", "v0");

            long writes = b.writes();
            JsonNode second = this.api.run(policy);

            assertThat(artifacts(second)).isEqualTo("0 copied, 100 unchanged, 0 kept, 0 skipped, 0 failed");
            assertThat(second.get("bytes").asLong()).isZero();
            assertThat(b.writes()).isEqualTo(writes).isPositive();
            assertThat(b.registry().requests("GET", "/manifests/")).as("manifests read").isLessThan(110);
            assertThat(this.drayage.log()).doesNotContain("s3cr3t-word");
            JsonNode shown = this.api.get("/api/registries/" + destination).json().get("capabilities");
            assertThat(shown.get("host").asText()).startsWith("https://127.0.0.1:");
            assertThat(shown.get("head_digest").asBoolean()).isTrue();
            assertThat(shown.get("refused_body").isNull()).isTrue();
        }
    }

    @Test
    void a_tag_that_moved_is_moved_and_what_override_forbids_is_kept_and_said() {
        try (Site a = Site.start(); Site b = Site.start()) {
            a.push("lib/app", "latest", Images.image(1, 100));
            b.push("lib/app", "mine", Images.image(2, 100));
            a.push("lib/app", "mine", Images.image(3, 100));
            long source = registry(a.url(), Map.of());
            long destination = registry(b.url(), Map.of());
            long careful = policy(source, destination, Map.of("override", false));
            String mine = b.digest("lib/app", "mine");

            JsonNode kept = this.api.run(careful);

            assertThat(artifacts(kept)).isEqualTo("1 copied, 0 unchanged, 1 kept, 0 skipped, 0 failed");
            assertThat(b.digest("lib/app", "mine")).isEqualTo(mine);
            assertThat(log(kept)).contains("mine").contains(mine);

            a.push("lib/app", "latest", Images.image(4, 100));
            JsonNode moved = this.api.run(policy(source, destination, Map.of("override", true)));

            assertThat(artifacts(moved)).isEqualTo("2 copied, 0 unchanged, 0 kept, 0 skipped, 0 failed");
            assertThat(b.digests()).isEqualTo(a.digests());
        }
    }

    @Test
    void namespaces_and_filters_map_as_the_policy_says() {
        try (Site a = Site.start(); Site b = Site.start()) {
            for (String repository : List.of("org/team/app", "org/web", "other/app", "plain")) {
                a.push(repository, "1.0", Images.image(repository.hashCode(), 50));
                a.push(repository, "1.0-rc1", Images.image(repository.hashCode() + 1L, 50));
            }
            long source = registry(a.url(), Map.of());
            long destination = registry(b.url(), Map.of());

            this.api.run(policy(source, destination,
                    Map.of("src_namespaces", List.of("org"), "dest_namespace", "mirror/eu", "filters",
                            List.of(Map.of("type", "name", "value", "**/{app,web}"),
                                    Map.of("type", "tag", "value", "*-rc*", "decoration", "excludes")))));

            assertThat(b.digests()).containsOnlyKeys("mirror/eu/team/app:1.0", "mirror/eu/web:1.0")
                .containsEntry("mirror/eu/web:1.0", a.digest("org/web", "1.0"));
        }
    }

    @Test
    void two_repositories_that_lead_to_one_destination_do_not_overwrite_each_other() {
        try (Site a = Site.start(); Site b = Site.start()) {
            a.push("one/app", "v1", Images.image(1, 50));
            a.push("two/app", "v1", Images.image(2, 50));

            JsonNode ended = this.api.run(policy(registry(a.url(), Map.of()), registry(b.url(), Map.of()),
                    Map.of("dest_namespace", "mirror")));

            assertThat(ended.get("status").asText()).isEqualTo("partial");
            assertThat(ended.get("status_text").asText()).contains("mirror/app").contains("one/app");
            assertThat(b.digests()).containsExactly(Map.entry("mirror/app:v1", a.digest("one/app", "v1")));
        }
    }

    @Test
    void a_read_only_destination_is_one_clear_failure_for_each_artifact() {
        RealRegistry readOnly = RealRegistry.builder().readOnly().start();
        try (Site a = Site.start(); Site b = new Site(readOnly, Registered.at(readOnly))) {
            a.push("lib/app", "v1", Images.image(1, 50));

            JsonNode ended = this.api.run(policy(registry(a.url(), Map.of()), registry(b.url(), Map.of()), Map.of()));

            assertThat(ended.get("status").asText()).isEqualTo("failed");
            String text = ended.get("status_text").asText();
            assertThat(text).contains("lib/app", "v1", "405", readOnly.host());
            assertThat(this.drayage.log().lines().filter((line) -> line.contains(text))).singleElement()
                .asString()
                .contains("WARN", "execution " + ended.get("id").asLong() + " of policy");
            assertThat(artifacts(ended)).isEqualTo("0 copied, 0 unchanged, 0 kept, 0 skipped, 1 failed");
        }
    }

    @Test
    void wrong_bytes_and_cut_connections_fail_their_own_artifact_and_the_others_go_on() {
        Image good = Images.image(1, 5000);
        Image lying = Images.image(2, 5000);
        Image cut = Images.image(3, 5000);
        try (FaultyRegistry a = new FaultyRegistry(); Site b = Site.start()) {
            a.on("GET", "/v2/", Reply.json("{}"));
            a.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": [\"lib/bad\", \"lib/good\"]}"));
            a.on("GET", "/v2/lib/good/tags/list", Reply.json("{\"tags\": [\"v1\"]}"));
            a.on("GET", "/v2/lib/bad/tags/list", Reply.json("{\"tags\": [\"lying\", \"cut\", \"v1\"]}"));
            serve(a, "lib/good", "v1", good);
            serve(a, "lib/bad", "v1", good);
            serve(a, "lib/bad", "lying", lying);
            serve(a, "lib/bad", "cut", cut);
            lying.blobs()
                .forEach((blob, bytes) -> a.on("GET", "/v2/lib/bad/blobs/" + blob.digest(),
                        Reply.bytes(Images.bytes(99, bytes.length))));
            cut.blobs()
                .forEach((blob, bytes) -> a.on("GET", "/v2/lib/bad/blobs/" + blob.digest(),
                        Reply.shortBody(bytes.length, bytes.length / 2)));

            JsonNode ended = this.api
                .run(policy(registry(a.url().toString(), Map.of()), registry(b.url(), Map.of()), Map.of()));

            assertThat(ended.get("status").asText()).isEqualTo("partial");
            assertThat(artifacts(ended)).isEqualTo("2 copied, 0 unchanged, 0 kept, 0 skipped, 2 failed");
            assertThat(b.digests()).containsOnlyKeys("lib/good:v1", "lib/bad:v1");
            assertThat(log(ended)).contains("failed lying").contains("failed cut");
        }
    }

    @Test
    void a_source_that_answers_a_page_is_refused_and_later_fails_in_one_line() {
        try (FaultyRegistry page = new FaultyRegistry(); Site b = Site.start()) {
            page.on("GET", "/v2/", Reply.body(200, "<html><title>Welcome to the portal</title></html>"));
            Map<String, Object> body = new HashMap<>(
                    Map.of("name", name(), "registry_type", "oci", "url", page.url().toString()));

            Api.Reply refused = this.api.post("/api/registries", body).expect(422);
            assertThat(refused.json().get("field").asText()).isEqualTo("url");
            assertThat(refused.json().get("detail").asText()).contains("200").contains("Welcome");

            body.put("force", true);
            long source = this.api.create("/api/registries", body);
            JsonNode ended = this.api.run(policy(source, registry(b.url(), Map.of()), Map.of()));

            assertThat(ended.get("status").asText()).isEqualTo("failed");
            assertThat(ended.get("status_text").asText()).contains("Welcome").doesNotContain("\n");
        }
    }

    @Test
    void a_stopped_execution_ends_and_says_who_stopped_it() {
        try (FaultyRegistry a = new FaultyRegistry(); Site b = Site.start()) {
            a.on("GET", "/v2/", Reply.json("{}"));
            a.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": [\"lib/slow\"]}"));
            a.on("GET", "/v2/lib/slow/tags/list", Reply.hang());
            long execution = this.api
                .start(policy(registry(a.url().toString(), Map.of()), registry(b.url(), Map.of()), Map.of()));
            Awaitility.await().until(() -> !a.requests("GET", "/v2/lib/slow/tags/list").isEmpty());

            this.api.put("/api/replication/executions/" + execution, Map.of("operation", "stop")).expect(200);

            JsonNode ended = this.api.ended(execution);
            assertThat(ended.get("status").asText()).isEqualTo("stopped");
            assertThat(ended.get("status_text").asText()).isEqualTo("stopped by admin");
            assertThat(ended.get("failed").asLong()).isEqualTo(1);
        }
    }

    @Test
    void what_was_read_can_be_written_back_and_its_secret_stays() {
        RealRegistry secured = RealRegistry.builder().basicAuth("bob", "hidden-word").start();
        try (Site a = new Site(secured, Registered.at(secured).basic("bob", "hidden-word"))) {
            long id = registry(a.url(),
                    Map.of("credential", Map.of("type", "basic", "access_key", "bob", "access_secret", "hidden-word")));
            Api.Reply read = this.api.get("/api/registries/" + id).expect(200);
            assertThat(read.body()).doesNotContain("hidden-word");

            Api.Reply written = this.api.put("/api/registries/" + id, read.body()).expect(200);

            assertThat(written.json().get("status").asText()).isEqualTo("healthy");
            assertThat(written.json().get("credential").get("access_key").asText()).isEqualTo("bob");
        }
    }

    @Test
    void lists_lead_on_by_link() {
        try (Site a = Site.start()) {
            long first = registry(a.url(), Map.of("name", "paging-1"));
            long second = registry(a.url(), Map.of("name", "paging-2"));

            Api.Reply page = this.api.get("/api/registries?q=paging&page_size=1").expect(200);
            String next = page.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
            Api.Reply rest = this.api.get(next).expect(200);

            assertThat(page.json().get(0).get("id").asLong()).isEqualTo(first);
            assertThat(rest.json()).hasSize(1);
            assertThat(rest.json().get(0).get("id").asLong()).isEqualTo(second);
            assertThat(rest.header("Link")).isEmpty();
        }
    }

    @Test
    void namespaces_and_repositories_are_listed_in_order_and_by_pages() {
        try (Site a = Site.start()) {
            for (String repository : List.of("b/x/app", "a/one", "c/two", "plain")) {
                a.push(repository, "v1", Images.image(repository.hashCode(), 10));
            }
            long id = registry(a.url(), Map.of());

            Api.Reply page = this.api.get("/api/registries/" + id + "/namespaces?page_size=2").expect(200);
            Api.Reply rest = this.api.get(page.header("Link").replaceAll("^<(.*)>; rel=\"next\"$", "$1")).expect(200);

            assertThat(page.json().findValuesAsText("name")).containsExactly("a", "b/x");
            assertThat(rest.json().findValuesAsText("name")).containsExactly("c");
            assertThat(names("/api/registries/" + id + "/repositories?page_size=3")).containsExactly("a/one", "b/x/app",
                    "c/two");
            assertThat(names("/api/registries/" + id + "/repositories?after=a/one&q=/T")).containsExactly("c/two");
        }
    }

    private List<String> names(String path) {
        return this.api.get(path).expect(200).json().findValuesAsText("name");
    }

    private static void serve(FaultyRegistry registry, String repository, String tag, Image image) {
        Reply manifest = Reply.of(image.manifest());
        registry.on("GET", "/v2/" + repository + "/manifests/" + tag, manifest);
        registry.on("GET", "/v2/" + repository + "/manifests/" + image.digest(), manifest);
        image.blobs()
            .forEach((blob, bytes) -> registry.on("GET", "/v2/" + repository + "/blobs/" + blob.digest(),
                    Reply.bytes(bytes)));
    }

    private String name() {
        return "thing-" + this.names++;
    }

    private long registry(String url, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name(), "registry_type", "oci", "url", url));
        body.putAll(more);
        return this.api.create("/api/registries", body);
    }

    private long policy(long source, long destination, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("name", name(), "src_registry_id", source, "dest_registry_id", destination));
        body.putAll(more);
        return this.api.create("/api/replication/policies", body);
    }

    private String log(JsonNode execution) {
        StringBuilder all = new StringBuilder();
        for (JsonNode task : execution.get("logs")) {
            all.append(this.api.get(task.get("log_data_path").asText()).expect(200).body());
        }
        return all.toString();
    }

    private static String artifacts(JsonNode execution) {
        JsonNode counts = execution.get("artifacts");
        return "%d copied, %d unchanged, %d kept, %d skipped, %d failed".formatted(counts.get("copied").asLong(),
                counts.get("unchanged").asLong(), counts.get("kept").asLong(), counts.get("skipped").asLong(),
                counts.get("failed").asLong());
    }

}
