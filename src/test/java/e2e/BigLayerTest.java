package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.BigLayer;
import fixtures.DrayageProcess;
import fixtures.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory does not grow with the size of a blob. {@code -Ddrayage.layer.mebibytes=10240}
 * is the long form.
 */
class BigLayerTest {

    private static final long SIZE = Long.getLong("drayage.layer.mebibytes", 1024) << 20;

    @Test
    void a_layer_of_any_size_passes_through_a_heap_of_256_mebibytes(@TempDir Path home) {
        try (Site a = Site.start(); Site b = Site.start()) {
            String digest = new BigLayer(SIZE).push(a, "lib/big", "v1");
            try (DrayageProcess drayage = DrayageProcess.start(home)) {
                Api api = drayage.api();
                long source = api.create("/api/registries", registry("a", a));
                long destination = api.create("/api/registries", registry("b", b));
                long policy = api.create("/api/replication/policies",
                        Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));

                JsonNode ended = api.ended(api.start(policy), Duration.ofMinutes(15));

                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                assertThat(ended.get("bytes").asLong()).isGreaterThanOrEqualTo(SIZE);
                assertThat(b.digest("lib/big", "v1")).isEqualTo(digest);
            }
        }
    }

    private static Map<String, Object> registry(String name, Site site) {
        return Map.of("name", name, "registry_type", "oci", "url", site.url());
    }

}
