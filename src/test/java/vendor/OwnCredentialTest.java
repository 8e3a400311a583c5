package vendor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import adapters.FeatureTable;
import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A kind of registry that nothing in main names, with a credential, settings and ways of
 * its own, is replicated to and from by the files of this package and what
 * {@link VendorNode} wires.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnCredentialTest {

    private final Site plain = Site.start();

    private final VendorCloud cloud = new VendorCloud();

    private final StoppablePostgres database;

    private final DrayageProcess drayage;

    private final Api api;

    private int names;

    OwnCredentialTest(@TempDir Path folder) {
        this.database = StoppablePostgres.start(folder.resolve("database"));
        this.drayage = DrayageProcess.startAs(VendorNode.class.getName(), folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                        "DRAYAGE_DB_URL", this.database.jdbcUrl(), "DRAYAGE_DB_USER", "postgres"));
        this.api = this.drayage.api();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.database.close();
        this.cloud.close();
        this.plain.close();
    }

    @Test
    void its_ways_are_used_for_listing_creating_comparing_and_deleting() {
        for (int i = 0; i < 5; i++) {
            this.plain.push("lib/app", "v" + i, Images.image(i + 1, 2000, 500));
            this.plain.push("lib/web", "v" + i, Images.image(i + 11, 2000, 500));
        }
        long from = this.api.create("/api/registries",
                Map.of("name", "plain", "registry_type", "oci", "url", this.plain.url()));
        long to = this.api.create("/api/registries", vendor(Map.of("open", true)));

        long push = policy(from, to, Map.of("dest_namespace", "team", "deletion", true));
        assertThat(run(push)).isEqualTo("succeeded: 10 copied, 0 unchanged, 0 deleted");
        assertThat(this.cloud.created).containsOnlyKeys("team/app", "team/web")
            .allSatisfy((_, wanted) -> assertThat(wanted.get("open").asBoolean()).isTrue());
        assertThat(this.cloud.digests("team/app").values()).containsExactly(digests("lib/app"));

        long within = policy(to, to, Map.of("src_namespaces", List.of("team"), "dest_namespace", "copy"));
        assertThat(run(within)).isEqualTo("succeeded: 10 copied, 0 unchanged, 0 deleted");
        long manifests = this.cloud.registryRequests("", "/manifests/");
        assertThat(run(within)).isEqualTo("succeeded: 0 copied, 10 unchanged, 0 deleted");
        assertThat(this.cloud.registryRequests("", "/manifests/")).as("requests for manifests").isEqualTo(manifests);

        this.plain.delete("lib/app", "v3");
        assertThat(run(push)).isEqualTo("succeeded: 0 copied, 9 unchanged, 1 deleted");
        assertThat(this.cloud.digests("team/app")).containsOnlyKeys("v0", "v1", "v2", "v4");

        assertThat(this.cloud.mistakes).isEmpty();
        assertThat(this.cloud.tokens.refused()).as("tokens that had ended").isPositive();
        assertThat(this.cloud.tokens.issued()).isLessThan(60);
        assertThat(this.drayage.log()).doesNotContain(VendorCloud.SECRET, "token-1");
    }

    @Test
    void what_is_missing_is_not_created_where_the_setting_says_so() {
        this.plain.push("some/tool", "v1", Images.image(31, 2000, 500));
        long from = this.api.create("/api/registries",
                Map.of("name", "plain too", "registry_type", "oci", "url", this.plain.url()));
        long to = this.api.create("/api/registries", vendor(Map.of("create", "never")));

        JsonNode ended = this.api
            .run(policy(from, to, Map.of("src_namespaces", List.of("some"), "dest_namespace", "never")));

        assertThat(ended.get("status").asText()).isEqualTo("failed");
        assertThat(this.api.get("/api/replication/executions/" + ended.get("id") + "/logs").body())
            .contains("NAME_UNKNOWN");
        assertThat(this.cloud.created).doesNotContainKey("never/tool");
    }

    @Test
    void what_it_declares_is_shown_and_what_it_does_not_is_told_by_field_all_at_once() {
        JsonNode declared = this.api.get("/api/replication/adapters/vendor").expect(200).json();
        assertThat(declared.at("/credential_kinds/0/fields/1").toString()).isEqualTo(
                "{\"key\":\"key_secret\",\"type\":\"secret\",\"required\":true,\"default\":null,\"choices\":[],\"hint\":\"what was shown once\"}");
        assertThat(declared.at("/settings/1/choices").toString()).isEqualTo("[\"missing\",\"never\"]");
        assertThat(declared.at("/names/most_levels").asInt()).isEqualTo(2);
        assertThat(declared.get("abilities").toString())
            .isEqualTo("[\"list\",\"digest_list\",\"create\",\"delete_tag\"]");

        Map<String, Object> wrong = new HashMap<>(vendor(Map.of("opne", true, "create", "always")));
        wrong.put("url", "https://other.example");
        wrong.put("credential", Map.of("type", "key", "key_secret", VendorCloud.SECRET, "region", "north"));
        JsonNode refusal = this.api.post("/api/registries", wrong).expect(422).json();
        assertThat(refusal.get("errors")).extracting((error) -> error.get("field").asText())
            .containsExactly("url", "credential.key_id", "credential.region", "settings.create", "settings.opne");
        assertThat(refusal.toString()).doesNotContain(VendorCloud.SECRET);

        JsonNode basic = this.api.post("/api/registries",
                Map.of("name", "basic", "registry_type", "vendor", "url", this.cloud.url(), "credential",
                        Map.of("type", "basic", "access_key", "a", "access_secret", "b"), "settings",
                        Map.of("api", this.cloud.apiUrl() + "/v1")))
            .expect(422)
            .json();
        assertThat(basic.get("field").asText()).isEqualTo("credential.type");
        assertThat(basic.get("detail").asText()).contains("a credential's type is key for registries of type");
    }

    @Test
    void every_other_adapter_of_the_service_has_a_row_in_the_table() {
        JsonNode adapters = this.api.get("/api/replication/adapters").expect(200).json();
        assertThat(adapters).extracting((adapter) -> adapter.get("identity").asText())
            .containsExactlyInAnyOrderElementsOf(
                    Stream.concat(FeatureTable.identities().stream(), Stream.of("vendor")).toList());
    }

    @Test
    void it_keeps_its_secret_shows_none_and_refuses_names_that_it_cannot_take() {
        long id = this.api.create("/api/registries", vendor(Map.of()));
        JsonNode shown = this.api.get("/api/registries/" + id).expect(200).json();
        assertThat(shown.get("credential").toString()).isEqualTo("{\"type\":\"key\",\"key_id\":\"k1\"}");
        assertThat(shown.get("settings").get("create").asText()).isEqualTo("missing");
        assertThat(shown.get("status").asText()).isEqualTo("healthy");

        Map<String, Object> edited = new HashMap<>(vendor(Map.of()));
        edited.put("name", shown.get("name").asText());
        edited.put("credential", Map.of("type", "key", "key_id", "k1"));
        assertThat(this.api.put("/api/registries/" + id, edited).expect(200).json().get("status").asText())
            .isEqualTo("healthy");
        edited.put("settings", Map.of("api", "http://127.0.0.1:9/v1"));
        assertThat(this.api.put("/api/registries/" + id, edited).expect(422).json().get("field").asText())
            .isEqualTo("credential.key_secret");

        JsonNode refusal = this.api
            .post("/api/replication/policies",
                    Map.of("name", "deep", "src_registry_id", id, "dest_registry_id", id, "dest_namespace", "a/b"))
            .expect(422)
            .json();
        assertThat(refusal.get("field").asText()).isEqualTo("dest_namespace");
        assertThat(refusal.get("detail").asText())
            .isEqualTo("a repository's name has 2 levels here, but in \"a/b\" it would have 3; \"a-b\" would fit");
    }

    private Map<String, Object> vendor(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("api", this.cloud.apiUrl() + "/v1");
        return Map.of("name", "vendor " + this.names++, "registry_type", "vendor", "url", this.cloud.url(),
                "credential", Map.of("type", "key", "key_id", "k1", "key_secret", VendorCloud.SECRET), "settings", all);
    }

    private long policy(long from, long to, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("name", "policy " + this.names++);
        body.put("src_registry_id", from);
        body.put("dest_registry_id", to);
        return this.api.create("/api/replication/policies", body);
    }

    private String run(long policy) {
        JsonNode ended = this.api.run(policy);
        JsonNode artifacts = ended.get("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.get("status").asText(),
                artifacts.get("copied"), artifacts.get("unchanged"), artifacts.get("deleted"));
    }

    private String[] digests(String repository) {
        return this.plain.digests()
            .entrySet()
            .stream()
            .filter((each) -> each.getKey().startsWith(repository + ":"))
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toArray(String[]::new);
    }

}
