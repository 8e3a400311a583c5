package e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.BigLayer;
import fixtures.DrayageProcess;
import fixtures.KeepingRegistry;
import fixtures.Line;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A large blob over lines that break again and again, and a node that dies in the middle.
 * {@code -Ddrayage.resume.mebibytes=2048} is the long form.
 */
@Tag("long")
@Timeout(900)
class ResumeTest {

    private static final Logger LOG = LoggerFactory.getLogger(ResumeTest.class);

    private static final long MEBI = 1L << 20;

    private final long size = Long.getLong("drayage.resume.mebibytes", 320) * MEBI;

    @TempDir
    private Path folder;

    @Test
    void a_blob_goes_on_where_it_broke_also_on_another_node() throws Exception {
        Path home = this.folder.resolve("home");
        try (Site a = Site.start();
                Line line = Line.to(a.registry(), 400 * MEBI);
                KeepingRegistry b = new KeepingRegistry(Files.createDirectory(this.folder.resolve("b")), 100 * MEBI)) {
            String digest = new BigLayer(this.size).push(a, "lib/big", "v1");
            long execution;
            try (DrayageProcess first = start(home)) {
                Api api = first.api();
                long policy = policy(api, line, b);
                line.cutEvery(100 * MEBI + 7);
                execution = api.start(policy);
                Awaitility.await("half of it has come")
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> b.taken() > this.size / 2);
                first.kill();
            }
            try (DrayageProcess second = start(home)) {
                JsonNode ended = second.api().ended(execution, Duration.ofMinutes(10));

                assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
                assertThat(b.manifest("v1").orElseThrow().digest()).hasToString(digest);
                LOG.info("a blob of {} MiB: {} MiB were read, {} MiB sent", this.size / MEBI, line.bytes() / MEBI,
                        b.taken() / MEBI);
                assertThat((double) line.bytes() / this.size).as("read of its size").isLessThan(1.1);
                assertThat(b.requests("DELETE")).isEmpty();
            }
        }
    }

    private static DrayageProcess start(Path home) {
        return DrayageProcess.start(home, Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD",
                DrayageProcess.PASSWORD, "DRAYAGE_RETRY_PAUSE", "1s"));
    }

    private static long policy(Api api, Line line, KeepingRegistry b) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", line.url()));
        long destination = api.create("/api/registries", Map.of("name", "b", "registry_type", "oci", "url", b.url()));
        return api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
    }

}
