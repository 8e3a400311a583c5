package e2e;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Registries that nodes ran out of memory over. */
@Timeout(300)
class QuarantineTest {

    private static final int PID = 4711;

    @TempDir
    private Path home;

    @Test
    void twice_within_a_day_and_it_is_asked_nothing_until_it_is_edited() throws IOException {
        try (Site source = Site.start()) {
            source.push("lib/app", "v1", Images.image(1, 1000));
            Map<String, Object> body = Map.of("name", "here", "registry_type", "oci", "url", source.url());
            long here;
            long policy;
            try (DrayageProcess drayage = DrayageProcess.start(this.home)) {
                here = drayage.api().create("/api/registries", body);
                long there = drayage.api()
                    .create("/api/registries",
                            Map.of("name", "there", "registry_type", "layout", "url", "layout:there"));
                policy = drayage.api()
                    .create("/api/replication/policies",
                            Map.of("name", "p", "src_registry_id", here, "dest_registry_id", there));
            }
            parsing(here);
            exhausted(PID);
            try (DrayageProcess drayage = DrayageProcess.start(this.home)) {
                assertThat(drayage.log())
                    .contains("this node ran out of memory while it read answers of the registries [" + here + "]");
                assertThat(drayage.api().run(policy).get("status").asText()).isEqualTo("succeeded");
            }
            // Killed, or another process had too little: that says nothing.
            parsing(here);
            exhausted(PID + 1);
            try (DrayageProcess drayage = DrayageProcess.start(this.home)) {
                assertThat(drayage.api().run(policy).get("status").asText()).isEqualTo("succeeded");
            }
            parsing(here);
            exhausted(PID);
            try (DrayageProcess drayage = DrayageProcess.start(this.home)) {
                Api api = drayage.api();
                JsonNode ended = api.run(policy);
                assertThat(ended.get("status").asText()).isEqualTo("failed");
                assertThat(ended.get("status_text").asText()).contains("registry here is in quarantine until 2");
                Awaitility.await()
                    .untilAsserted(() -> assertThat(api.get("/api/registries/" + here).body()).contains("unhealthy")
                        .contains("ran out of memory twice within a day"));

                api.put("/api/registries/" + here, body).expect(200);

                assertThat(api.run(policy).get("status").asText()).isEqualTo("succeeded");
                assertThat(api.get("/api/registries/" + here).body()).contains("\"healthy\"");
            }
            try (var left = Files.list(this.home)) {
                assertThat(left).noneMatch((file) -> file.toString().contains("out-of-memory"));
            }
        }
    }

    /** What a process leaves that ends at once. */
    private void parsing(long registry) throws IOException {
        byte[] marks = Files.readAllBytes(this.home.resolve("parsing"));
        ByteBuffer.wrap(marks).putLong(0, PID).putLong(8 * 7, registry);
        Files.write(this.home.resolve("parsing"), marks);
    }

    private void exhausted(int pid) throws IOException {
        Files.createFile(this.home.resolve("out-of-memory." + pid));
    }

}
