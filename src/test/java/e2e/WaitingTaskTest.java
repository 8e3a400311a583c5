package e2e;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.FaultyRegistry;
import fixtures.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A task that waits shows for what, and its log says so while it waits. */
class WaitingTaskTest {

    @Test
    void a_wait_is_the_task_s_status_text_and_a_line_of_its_log_until_it_goes_on(@TempDir Path home) {
        try (FaultyRegistry source = new FaultyRegistry(); DrayageProcess drayage = DrayageProcess.start(home)) {
            source.on("GET", "/v2/", Reply.json("{}"));
            source.on("GET", "/v2/_catalog", Reply.json("{\"repositories\": [\"lib/app\"]}"));
            source.on("GET", "/v2/lib/app/tags/list", Reply.status(429).header("Retry-After", "9"),
                    Reply.json("{\"tags\": []}"));
            Api api = drayage.api();
            long from = api.create("/api/registries",
                    Map.of("name", "busy", "registry_type", "oci", "url", source.url().toString()));
            long to = api.create("/api/registries",
                    Map.of("name", "disk", "registry_type", "layout", "url", "layout:disk"));
            long execution = api.start(api.create("/api/replication/policies",
                    Map.of("name", "mirror", "src_registry_id", from, "dest_registry_id", to)));
            String tasks = "/api/replication/executions/" + execution + "/logs";

            JsonNode task = Awaitility.await()
                .until(() -> api.get(tasks).expect(200).json().path(0),
                        (seen) -> !seen.path("status_text").asText("").isEmpty());
            assertThat(task.get("status").asText()).isEqualTo("running");
            assertThat(task.get("status_text").asText())
                .matches("waits for %s: 429, again at \\d\\d:\\d\\d:\\d\\dZ".formatted(source.url().getAuthority()));
            String log = tasks + "/" + task.get("id").asText();
            Awaitility.await()
                .until(() -> api.get(log).expect(200).body(),
                        (text) -> text.contains("/lib/app: 429; again in 9 s, 2 of 5"));
            assertThat(Command
                .run(Map.of("DRAYAGE_PASSWORD", DrayageProcess.PASSWORD), "status", "--url", api.url("/").toString(),
                        String.valueOf(execution))
                .out()).contains("waits for", "429, again at");

            assertThat(api.ended(execution).get("status").asText()).isNotEqualTo("failed");
            assertThat(api.get(log).body()).contains("again in 9 s");
            assertThat(api.get(tasks).json().get(0).get("status_text").asText()).doesNotContain("waits");
        }
    }

}
