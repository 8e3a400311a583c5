package e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.PlannedRegistry;
import fixtures.Receiver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator finds in the log who looks for a fault with everything switched on.
 */
class DebugLogTest {

    private static final String PASSWORD = "hidden-password";

    @ParameterizedTest
    @CsvSource({ "LOGGING_LEVEL_ROOT, DEBUG", "LOGGING_LEVEL_ORG_APACHE, DEBUG", "LOGGING_LEVEL_ORG_APACHE_HC, TRACE",
            "LOGGING_LEVEL_ORG_APACHE_CAMEL, DEBUG", "LOGGING_LEVEL_ORG_SPRINGFRAMEWORK, DEBUG" })
    void no_level_brings_a_secret_into_the_log(String logger, String level, @TempDir Path home) {
        Map<String, String> environment = new HashMap<>(
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
        environment.put(logger, level);
        try (Receiver receiver = Receiver.start();
                PlannedRegistry source = new PlannedRegistry().withTokens("ann", PASSWORD)
                    .seed("lib/app", "v1", Images.image(1, 1000));
                DrayageProcess drayage = DrayageProcess.start(home, environment)) {
            Api api = drayage.api();
            long from = api.create("/api/registries",
                    Map.of("name", "here", "registry_type", "oci", "url", source.url().toString(), "credential",
                            Map.of("type", "basic", "access_key", "ann", "access_secret", PASSWORD)));
            long to = api.create("/api/registries",
                    Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
            api.create("/api/subscriptions", Map.of("name", "ops", "events", List.of("execution.finished"), "type",
                    "slack", "url", receiver.url() + "/hidden-path?token=hidden-token"));
            long policy = api.create("/api/replication/policies", Map.of("name", "p", "src_registry_id", from,
                    "dest_registry_id", to, "filters", List.of(Map.of("type", "name", "value", "lib/app"))));

            JsonNode ended = api.run(policy);
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
            Awaitility.await().until(() -> !receiver.requests().isEmpty());

            assertThat(drayage.logLines(List.of("policy p succeeded"))).isNotEmpty();
            assertThat(drayage.logLines(List.of(PASSWORD, base64("ann:" + PASSWORD), "hidden-path", "hidden-token",
                    DrayageProcess.PASSWORD, base64("admin:" + DrayageProcess.PASSWORD), "Authorization: ")))
                .isEmpty();
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

}
