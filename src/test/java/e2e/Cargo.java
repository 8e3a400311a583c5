package e2e;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.CommittedBlob;
import fixtures.Image;
import fixtures.Images;
import fixtures.Line;
import fixtures.LineRequest;
import fixtures.Site;
import oci.model.Descriptor;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Images that share a layer, and what must be true when one execution has brought them,
 * whatever happened meanwhile.
 */
final class Cargo {

    private static final Logger LOG = LoggerFactory.getLogger(Cargo.class);

    /** Who sends a blob is agreed on, and it is asked for first. */
    private static final int LARGE = 300_000;

    private static final int SMALL = 500;

    private final Map<String, Image> images = new HashMap<>();

    private final int repositories;

    Cargo(int images, int repositories) {
        this.repositories = repositories;
        byte[] base = Images.bytes(-1, LARGE);
        for (int i = 0; i < images; i++) {
            this.images.put("v" + i,
                    Images.ofLayers(i, base, Images.bytes(1000 + i, LARGE), Images.bytes(5000 + i, SMALL)));
        }
    }

    long bytes() {
        return (long) this.images.size() * LARGE;
    }

    void pushTo(Site site) {
        this.images.forEach((tag, image) -> site.push(repository(tag), tag, image));
    }

    private String repository(String tag) {
        return "lib/app" + Integer.parseInt(tag.substring(1)) % this.repositories;
    }

    void assertBrought(JsonNode ended, JdbcClient jdbc, Site a, Site b) {
        LOG.info("ended: {}", ended.get("artifacts"));
        assertThat(ended.get("status").asText()).as(ended.get("status_text").asText()).isEqualTo("succeeded");
        assertThat(ended.get("total").asInt()).isEqualTo(this.repositories);
        assertThat(ended.get("succeed").asInt()).isEqualTo(this.repositories);
        assertThat(ended.get("in_progress").asInt()).isZero();
        assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(this.images.size());
        assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
        assertThat(b.digests()).hasSize(this.images.size()).isEqualTo(a.digests());
        Map.of("tasks that have not succeeded", "SELECT count(*) FROM task WHERE state <> 'succeeded'", "jobs",
                "SELECT count(*) FROM scheduled_tasks", "leases", "SELECT count(*) FROM blob_lease",
                "outcomes that are open", "SELECT count(*) FROM artifact_outcome WHERE result = 'open'",
                "upload sessions", "SELECT count(*) FROM upload_session", "locks",
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            .forEach((what, sql) -> Awaitility.await(what)
                .atMost(Duration.ofSeconds(45))
                .until(() -> jdbc.sql(sql).query(Long.class).single() == 0));
    }

    /**
     * A large blob is committed once in each repository, and once more at most for each
     * time that something befell its upload. Small ones are sent unasked: also again with
     * an image that another attempt had begun.
     */
    void assertSentOnce(Site b, Line line, Collection<Deed> deeds, JdbcClient jdbc) {
        Map<CommittedBlob, Long> commits = b.commits();
        List<LineRequest> befallen = line.requests()
            .stream()
            .filter((request) -> deeds.stream().anyMatch((deed) -> deed.befell(request)))
            .toList();
        Set<CommittedBlob> begunTwice = smallOnesBegunTwice(jdbc);
        long again = commits.values().stream().mapToLong((times) -> times - 1).sum();
        LOG.info("{} blobs sent, {} again; of {} requests {} were open when something was done", commits.size(), again,
                line.requests().size(), befallen.size());
        commits.forEach((blob, times) -> {
            if (times > 1 && !begunTwice.contains(blob)) {
                long open = befallen.stream()
                    .filter((request) -> CommittedBlob.of(request.head()).filter(blob::equals).isPresent())
                    .count();
                assertThat(times - 1).as("again sent: %s", blob).isLessThanOrEqualTo(open);
            }
        });
    }

    private Set<CommittedBlob> smallOnesBegunTwice(JdbcClient jdbc) {
        Set<CommittedBlob> small = new HashSet<>();
        jdbc.sql("SELECT DISTINCT reference FROM artifact_outcome WHERE earlier")
            .query(String.class)
            .list()
            .forEach((tag) -> {
                for (Descriptor blob : this.images.get(tag).blobs().keySet()) {
                    if (blob.size() < LARGE) {
                        small.add(new CommittedBlob(repository(tag), blob.digest().toString()));
                    }
                }
            });
        return small;
    }

}
