package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import fixtures.Line;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes, an execution of 300 images over a slow line, and everything that can
 * happen: SIGKILL, SIGSTOP and SIGTERM, each at least once, PostgreSQL gone twice, the
 * line cut. Short by default; {@code -Ddrayage.chaos=10m} is the long form and
 * {@code -Ddrayage.chaos.seed=…} another course.
 */
class ChaosTest {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);

    private static final int NODES = 3;

    private static final int IMAGES = 300;

    private final Duration duration = Duration.parse("PT" + System.getProperty("drayage.chaos", "25s"));

    private final Random random = new Random(Long.getLong("drayage.chaos.seed", 20261123));

    private final Queue<Deed> deeds = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @Test
    @Timeout(1800)
    void whatever_happens_nothing_is_lost_and_nothing_counted_twice() {
        Cargo cargo = new Cargo(IMAGES, 60);
        // It lasts as long as the torment at least.
        long pace = cargo.bytes() / Math.max(1, this.duration.toSeconds());
        try (Site a = Site.start();
                Site b = Site.start();
                Line line = Line.to(b.registry(), Math.max(200_000, pace));
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            cargo.pushTo(a);
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "3",
                    "DRAYAGE_TRANSFER_WINDOW", "2", "DRAYAGE_RETRY_TIMES", "100", "DRAYAGE_RETRY_MOST", "5s",
                    "DRAYAGE_TRANSFER_STALL", "20s");
            List<Slot> slots = IntStream.rangeClosed(1, NODES)
                .mapToObj((i) -> new Slot("n" + i, nodes, this.deeds::add))
                .toList();
            try {
                slots.forEach(Slot::begin);
                slots.forEach(Slot::node);
                Api api = slots.getFirst().node().api();
                long policy = policy(api, a, line);
                long execution = api.start(policy);

                new Torment(slots, database, line, this.random, this.deeds::add).last(this.duration);

                slots.forEach(Slot::goOn);
                line.pace(50_000_000);
                Api last = living(slots).api();
                JsonNode ended = last.ended(execution, Duration.ofMinutes(10));
                LOG.info("what was done: {}", this.deeds.stream().map(Deed::what).toList());
                assertThat(this.deeds).extracting(Deed::what)
                    .contains("KILL", "STOP", "CONT", "TERM")
                    .areExactly(2, new Condition<>("OUTAGE"::equals, "an outage"));
                cargo.assertBrought(ended, database.jdbc(), a, b);
                cargo.assertSentOnce(b, line, this.deeds, database.jdbc());
                JsonNode again = last.ended(last.start(policy), Duration.ofMinutes(10));
                assertThat(again.get("artifacts").get("unchanged").asInt()).isEqualTo(IMAGES);
                assertThat(again.get("artifacts").get("copied").asInt()).isZero();
            }
            finally {
                slots.forEach(Slot::end);
            }
        }
    }

    private static DrayageProcess living(List<Slot> slots) {
        Awaitility.await("a node works")
            .atMost(Duration.ofMinutes(3))
            .until(() -> slots.stream().anyMatch(Slot::working));
        return slots.stream().filter(Slot::working).findFirst().orElseThrow().node();
    }

    private static long policy(Api api, Site a, Line line) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", a.url()));
        long destination = api.create("/api/registries",
                Map.of("name", "b", "registry_type", "oci", "url", line.url()));
        return api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
    }

}
