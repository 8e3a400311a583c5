package e2e;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.FaultyRegistry;
import fixtures.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What happened and what likely helps are told apart, and everywhere the same. */
class HintTest {

    @Test
    void the_api_the_log_and_the_command_line_tell_a_failure_and_its_hint(@TempDir Path home) {
        try (FaultyRegistry hub = new FaultyRegistry(); DrayageProcess drayage = DrayageProcess.start(home)) {
            hub.on("GET", "/v2/", Reply.json("{}"));
            hub.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": [\"lib/app\"]}"));
            hub.on("GET", "/v2/lib/app/tags/list", Reply.error(403, "DENIED", "no pull for you"));
            Api api = drayage.api();
            long policy = api.create("/api/replication/policies",
                    Map.of("name", "mirror", "src_registry_id", registry(api, "hub", "oci", hub.url().toString()),
                            "dest_registry_id", registry(api, "disk", "layout", "layout:mirror")));

            JsonNode execution = api.run(policy);

            String text = "list the tags of " + hub.host() + "/lib/app: 403 DENIED \"no pull for you\"";
            String hint = "the credential may lack pull on lib";
            assertThat(execution.at("/logs/0/status_text").asText()).isEqualTo(text);
            assertThat(execution.at("/logs/0/hint").asText()).isEqualTo(hint);
            assertThat(execution.get("status_text").asText()).isEqualTo("1 of 1 failed, first lib/app: " + text);
            assertThat(execution.get("hint").asText()).isEqualTo(hint);
            assertThat(api.get(execution.at("/logs/0/log_data_path").asText()).body())
                .contains(text + " (" + hint + ")");
            assertThat(drayage.log()).contains(text + " (" + hint + ")");
            assertThat(Command
                .run(Map.of("DRAYAGE_PASSWORD", DrayageProcess.PASSWORD), "status", execution.get("id").asText(),
                        "--url", api.url("/").toString())
                .out()).contains("first lib/app: " + text + " (" + hint + ")");

            JsonNode refused = api
                .post("/api/registries", Map.of("name", "away", "registry_type", "oci", "url", "http://127.0.0.1:1"))
                .expect(422)
                .json();
            assertThat(refused.get("detail").asText()).endsWith("127.0.0.1:1 refuses the connection");
            assertThat(refused.get("hint").asText())
                .isEqualTo("\"force\": true saves a registry that cannot be reached now");
        }
    }

    private static long registry(Api api, String name, String type, String url) {
        return api.create("/api/registries", Map.of("name", name, "registry_type", type, "url", url));
    }

}
