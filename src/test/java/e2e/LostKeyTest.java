package e2e;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that has lost its key says so, shows what lacks its secret, and is mended by
 * giving the secrets anew.
 */
@Tag("long")
class LostKeyTest {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final String ANOTHER_KEY = "MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final String SECRET = "hidden-word-of-bob";

    private static final String LOCKED = "its secret cannot be opened with this key; give it anew";

    @TempDir
    private Path home;

    private DrayageProcess drayage(String key) {
        return DrayageProcess.start(this.home, Map.of("DRAYAGE_KEY", key, "DRAYAGE_QUICKSTART", "false",
                "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_REGISTRIES_CHECK_INTERVAL", "1s"));
    }

    private static Map<String, Object> source(Site a, String secret) {
        return Map.of("name", "a", "registry_type", "oci", "url", a.url(), "credential",
                Map.of("type", "basic", "access_key", "bob", "access_secret", secret));
    }

    @Test
    void what_cannot_be_opened_is_shown_and_is_mended_by_a_new_secret() {
        RealRegistry secured = RealRegistry.builder().basicAuth("bob", SECRET).start();
        try (Site a = new Site(secured, Registered.at(secured).basic("bob", SECRET)); Site b = Site.start()) {
            a.push("lib/app", "v1", Images.image(1, 100));
            long policy;
            long hook;
            String url;
            long told;
            try (DrayageProcess first = drayage(KEY)) {
                Api api = first.api();
                long from = api.create("/api/registries", source(a, SECRET));
                long to = api.create("/api/registries", Map.of("name", "b", "registry_type", "oci", "url", b.url()));
                policy = api.create("/api/replication/policies",
                        Map.of("name", "mirror", "src_registry_id", from, "dest_registry_id", to));
                JsonNode made = api
                    .post("/api/registries/" + from + "/hooks",
                            Map.of("proof", Map.of("type", "header", "header", "X-Word", "secret", "s3cret")))
                    .expect(201)
                    .json();
                hook = made.get("id").asLong();
                url = made.get("url").asText();
                told = api.create("/api/subscriptions", Map.of("name", "chat", "type", "slack", "url",
                        "https://hooks.example/services/hidden", "events", List.of("execution.failed")));
                assertThat(first.log()).doesNotContain("cannot be opened");
            }
            try (DrayageProcess second = drayage(ANOTHER_KEY)) {
                Api api = second.api();
                assertThat(second.log()).contains("the secrets in the database are sealed with another key than this "
                        + "node's: 3 secrets cannot be opened (registry a, hook " + hook + ", subscription chat)");

                JsonNode listed = api.get("/api/registries").expect(200).json();
                assertThat(listed).hasSize(2);
                assertThat(listed.get(0).get("status").asText()).isEqualTo("unauthorized");
                assertThat(listed.get(0).get("status_text").asText()).isEqualTo(LOCKED);
                assertThat(listed.get(1).get("status").asText()).isEqualTo("healthy");
                assertThat(api.get("/api/subscriptions/" + told).expect(200).json().get("status_text").asText())
                    .isEqualTo(LOCKED);
                assertThat(api.get("/api/registries/1/hooks").expect(200).json().get(0).get("status_text").asText())
                    .contains("cannot be opened with this key");
                assertThat(api.deliver(url, "{}", Map.of("X-Word", "s3cret")).expect(503).body())
                    .contains("cannot be opened with this key");
                assertThat(api.run(policy).get("status_text").asText()).isEqualTo("registry a: " + LOCKED);

                Map<String, Object> renamed = new HashMap<>(source(a, ""));
                assertThat(api.put("/api/registries/1", renamed).expect(422).body()).contains(LOCKED);
                renamed.put("name", "renamed");
                renamed.put("force", true);
                assertThat(api.put("/api/registries/1", renamed).expect(200).json().get("status_text").asText())
                    .isEqualTo(LOCKED);

                api.put("/api/registries/1", source(a, SECRET)).expect(200);
                assertThat(api.get("/api/registries/1").json().get("status").asText()).isEqualTo("healthy");
                assertThat(api.run(policy).get("status").asText()).isEqualTo("succeeded");
                assertThat(api
                    .put("/api/subscriptions/" + told,
                            Map.of("name", "chat", "type", "slack", "url", "https://hooks.example/services/anew",
                                    "events", List.of("execution.failed")))
                    .expect(200)
                    .json()
                    .get("status_text")
                    .asText()).isEmpty();
                api.delete("/api/registries/1/hooks/" + hook).expect(204);
                assertThat(second.log()).doesNotContain("\tat ", SECRET, "s3cret");
            }
            try (DrayageProcess third = drayage(ANOTHER_KEY)) {
                assertThat(third.log()).doesNotContain("cannot be opened");
            }
        }
    }

}
