package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Line;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Memory holds what many blobs at once need. */
@Tag("long")
class ManyBlobsTest {

    private static final int AT_ONCE = 64;

    private static final int REPOSITORIES = 8;

    private static final long CRAWL = 4_000_000;

    private static final long FAST = 1_000_000_000;

    @Test
    void sixty_four_blobs_at_once_pass_through_a_heap_of_256_mebibytes(@TempDir Path home) {
        try (Site a = Site.start(); Site b = Site.start(); Line line = Line.to(b.registry(), CRAWL)) {
            IntStream.range(0, REPOSITORIES)
                .forEach((each) -> a.push("team/app" + each, "v1",
                        Images.image(each, IntStream.range(0, 10).map((_) -> 4 << 20).toArray())));
            Map<String, String> wide = Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD",
                    DrayageProcess.PASSWORD, "DRAYAGE_TRANSFER_READS", "128", "DRAYAGE_TRANSFER_WRITES", "128");
            try (DrayageProcess drayage = DrayageProcess.start(home, wide, "-Xmx256m")) {
                Api api = drayage.api();
                long policy = api.create("/api/replication/policies", Map.of("name", "p", "src_registry_id",
                        registry(api, "a", a.url()), "dest_registry_id", registry(api, "b", line.url())));
                long id = api.start(policy);

                Awaitility.await("blobs are on their way")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> puts(line) >= AT_ONCE);
                line.pace(FAST);

                assertThat(api.ended(id, Duration.ofMinutes(3)).get("status").asText()).isEqualTo("succeeded");
                assertThat(b.digests()).hasSize(REPOSITORIES).isEqualTo(a.digests());
                assertThat(drayage.log()).doesNotContain("OutOfMemoryError");
            }
        }
    }

    /** Bodies that are being sent at this moment. */
    private static long puts(Line line) {
        long now = System.nanoTime();
        return line.requests()
            .stream()
            .filter((request) -> request.head().startsWith("PUT ") && request.head().contains("/blobs/uploads/"))
            .filter((request) -> request.openWithin(now, now))
            .count();
    }

    private static long registry(Api api, String name, String url) {
        return api.create("/api/registries", Map.of("name", name, "registry_type", "oci", "url", url));
    }

}
