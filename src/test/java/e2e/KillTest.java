package e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import oci.model.Digest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The real process, killed with -9 and started again on the same folder. */
class KillTest {

    private static final int IMAGES = 30;

    @Test
    void an_execution_that_was_killed_in_the_middle_ends_by_itself_with_exact_counts(@TempDir Path home) {
        try (Site a = Site.start(); Site b = Site.start()) {
            for (int i = 0; i < IMAGES; i++) {
                a.push("lib/app" + i % 3, "v" + i, Images.image(i, 3_000_000, 1000));
            }
            long execution;
            try (DrayageProcess killed = DrayageProcess.start(home)) {
                Api api = killed.api();
                long source = api.create("/api/registries", registry("a", a));
                long destination = api.create("/api/registries", registry("b", b));
                long policy = api.create("/api/replication/policies",
                        Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
                execution = api.start(policy);
                Awaitility.await("some images have arrived")
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> b.registry().requests("PUT", "/manifests/") >= 3);
                killed.kill();
            }
            int before = b.digests().size();
            assertThat(before).as("images that had arrived when it was killed").isBetween(1, IMAGES - 1);

            try (DrayageProcess again = DrayageProcess.start(home)) {
                JsonNode ended = again.api().ended(execution);

                assertThat(ended.get("status").asText()).isEqualTo("succeeded");
                assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(IMAGES);
                assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
                assertThat(ended.get("total").asInt()).isEqualTo(3);
                assertThat(ended.get("succeed").asInt()).isEqualTo(3);
                assertThat(b.digests()).isEqualTo(a.digests());
            }
        }
    }

    @Test
    void the_quickstart_copies_the_sample_and_goes_on_after_a_kill(@TempDir Path home) throws IOException {
        Map<String, String> defaults = Map.of();
        String password;
        Path layouts = home.resolve("layouts/quickstart");
        try (DrayageProcess first = DrayageProcess.start(home, defaults)) {
            awaitLine(first, "quickstart: again by");
            assertThat(first.log()).contains("succeeded: 2 of 2 repositories, 3 artifacts copied")
                .contains("http://localhost:" + first.port());
            password = first.log().replaceAll("(?s).*admin user admin, password (\\S+) .*", "$1");
            assertThat(content(layouts.resolve("destination"))).isEqualTo(content(layouts.resolve("source")))
                .hasSizeGreaterThan(8);
            first.api(password).get("/api/registries").expect(200);
            first.kill();
        }
        try (DrayageProcess second = DrayageProcess.start(home, defaults)) {
            awaitLine(second, "quickstart: again by");
            assertThat(second.log()).contains("0 artifacts copied, 3 unchanged").doesNotContain("password");
            second.api(password).get("/api/replication/executions").expect(200);
        }
    }

    @Test
    void a_folder_that_a_living_drayage_holds_is_refused_in_one_line(@TempDir Path home) {
        try (DrayageProcess _ = DrayageProcess.start(home)) {
            AssertionError refused = assertThrows(AssertionError.class, () -> DrayageProcess.start(home));

            assertThat(refused.getMessage().lines().skip(1).filter((line) -> !line.contains(" INFO "))).singleElement()
                .asString()
                .contains("ERROR", "in use by another Drayage", home.toString());
        }
    }

    private static void awaitLine(DrayageProcess drayage, String line) {
        Awaitility.await(line).atMost(Duration.ofSeconds(60)).until(() -> drayage.log().contains(line));
    }

    private static Map<String, Object> registry(String name, Site site) {
        return Map.of("name", name, "registry_type", "oci", "url", site.url());
    }

    /** Blobs by their path; the digests in their names are checked by reading them. */
    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter((path) -> path.toString().contains("/blobs/") && Files.isRegularFile(path))
                .toList()) {
                String digest = Digest.sha256(Files.readAllBytes(file)).hex();
                assertThat(file.getFileName()).hasToString(digest);
                files.put(folder.relativize(file).toString(), digest);
            }
        }
        return files;
    }

}
