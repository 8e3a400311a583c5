package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.LargeRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists are read as they come, whatever their length: half of the heap that is promised
 * is enough. All of what is listed is also compared with
 * {@code -Ddrayage.lists.full=true}, which takes ten minutes.
 */
@Tag("long")
@Timeout(1800)
class LongListsTest {

    private static final int TAGS = 50_000;

    private static final int REPOSITORIES = 100_000;

    private final boolean full = Boolean.getBoolean("drayage.lists.full");

    @TempDir
    private Path home;

    @Test
    void a_repository_of_50_000_tags() {
        try (LargeRegistry a = new LargeRegistry(1, TAGS); LargeRegistry b = new LargeRegistry(1, TAGS)) {
            JsonNode ended = copied(a, b, Map.of("type", "tag", "value", this.full ? "t*" : "t*00"));

            int chosen = this.full ? TAGS : TAGS / 100;
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.get("artifacts").get("unchanged").asInt()).isEqualTo(chosen);
            assertThat(a.compared()).isEqualTo(chosen);
            assertThat(b.compared()).isEqualTo(chosen);
        }
    }

    @Test
    void a_catalog_of_100_000_repositories() {
        try (LargeRegistry a = new LargeRegistry(REPOSITORIES, 1); LargeRegistry b = new LargeRegistry(1, 1)) {
            JsonNode ended = copied(a, b, Map.of("type", "name", "value", this.full ? "lib/r*" : "lib/r*00"));

            int chosen = this.full ? REPOSITORIES : REPOSITORIES / 100;
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(ended.get("total").asInt()).isEqualTo(chosen);
            assertThat(a.compared()).isEqualTo(chosen);
        }
    }

    private JsonNode copied(LargeRegistry a, LargeRegistry b, Map<String, String> filter) {
        try (DrayageProcess drayage = DrayageProcess.start(this.home, "-Xmx128m", "-XX:+ExitOnOutOfMemoryError")) {
            Api api = drayage.api();
            long source = api.create("/api/registries", registry("a", a));
            long destination = api.create("/api/registries", registry("b", b));
            long policy = api.create("/api/replication/policies", Map.of("name", "p", "src_registry_id", source,
                    "dest_registry_id", destination, "filters", List.of(filter)));
            return api.ended(api.start(policy), Duration.ofMinutes(this.full ? 25 : 3));
        }
    }

    private static Map<String, Object> registry(String name, LargeRegistry registry) {
        return Map.of("name", name, "registry_type", "oci", "url", registry.url());
    }

}
