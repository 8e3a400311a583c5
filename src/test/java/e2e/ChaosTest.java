package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageNodes;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Line;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three nodes, an execution of 300 images over a slow line, and everything that can
 * happen: SIGKILL, SIGSTOP and SIGTERM at random, PostgreSQL gone twice, the line cut.
 * Short by default; {@code -Ddrayage.chaos=10m} is the long form and
 * {@code -Ddrayage.chaos.seed=…} another course.
 */
class ChaosTest {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);

    private static final int NODES = 3;

    private static final int REPOSITORIES = 60;

    private static final int IMAGES = 300;

    private static final int LAYER = 300_000;

    private static final Pattern COMMIT = Pattern
        .compile("\"PUT (/v2/\\S+/blobs/uploads/)\\S*digest=(\\S+?)[& ].*\" 201 ");

    private final Duration duration = duration(System.getProperty("drayage.chaos", "25s"));

    private final Random random = new Random(Long.getLong("drayage.chaos.seed", 20261123));

    private final List<Slot> slots = IntStream.range(0, NODES).mapToObj((_) -> new Slot()).toList();

    /** What may have been on its way when something was done to it. */
    private int atRisk;

    @TempDir
    private Path folder;

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    @Test
    @Timeout(1800)
    void whatever_happens_nothing_is_lost_and_nothing_counted_twice() {
        long pace = Math.max(200_000, (long) IMAGES * LAYER / Math.max(1, this.duration.toSeconds() * 2 / 3));
        try (Site a = Site.start();
                Site b = Site.start();
                Line line = Line.to(b.registry(), pace);
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            byte[] base = Images.bytes(-1, LAYER);
            for (int i = 0; i < IMAGES; i++) {
                a.push("lib/app" + i % REPOSITORIES, "v" + i,
                        Images.ofLayers(i, base, Images.bytes(1000 + i, LAYER), Images.bytes(5000 + i, 500)));
            }
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "3",
                    "DRAYAGE_TRANSFER_WINDOW", "2", "DRAYAGE_RETRY_TIMES", "100", "DRAYAGE_RETRY_MOST", "5s",
                    "DRAYAGE_TRANSFER_STALL", "20s");
            try {
                this.slots.forEach((slot) -> slot.begin(nodes));
                Api api = living().api();
                long policy = policy(api, a, line);
                long execution = api.start(policy);

                torment(nodes, database, line);

                this.slots.forEach(Slot::goOn);
                Api last = living().api();
                JsonNode ended = last.ended(execution, Duration.ofMinutes(10));
                LOG.info("ended: {}", ended.get("artifacts"));
                assertExact(ended, database, a, b);
                assertSentOnce(b);
                JsonNode again = last.ended(last.start(policy), Duration.ofMinutes(10));
                assertThat(again.get("artifacts").get("unchanged").asInt()).isEqualTo(IMAGES);
            }
            finally {
                this.slots.forEach(Slot::end);
            }
        }
    }

    private void torment(DrayageNodes nodes, StoppablePostgres database, Line line) {
        long begun = System.nanoTime();
        int outages = 0;
        for (Duration now = Duration.ZERO; now.compareTo(this.duration) < 0; now = since(begun)) {
            if (outages < 2 && now.compareTo(this.duration.multipliedBy(outages + 1L).dividedBy(3)) > 0) {
                outages++;
                LOG.info("{} s: PostgreSQL goes and comes back", now.toSeconds());
                database.stopAtOnce();
                rest(1000, 2000);
                database.startAgain();
            }
            Slot slot = this.slots.get(this.random.nextInt(NODES));
            boolean others = this.slots.stream().filter((each) -> each != slot).anyMatch(Slot::working);
            int what = this.random.nextInt(4);
            this.atRisk += line.connections();
            if (what == 0) {
                LOG.info("{} s: the line is cut with {} connections", now.toSeconds(), line.connections());
                line.cut();
            }
            else if (others && slot.working()) {
                String signal = List.of("KILL", "STOP", "TERM").get(what - 1);
                LOG.info("{} s: {} to a node", now.toSeconds(), signal);
                slot.suffer(signal, nodes);
            }
            rest(1000, 4000);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    // Awaitility waits, so that no thread sleeps.
    private void rest(int least, int most) {
        Duration rest = Duration.ofMillis(this.random.nextInt(least, most));
        long begun = System.nanoTime();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> since(begun).compareTo(rest) >= 0);
    }

    private DrayageProcess living() {
        Awaitility.await("a node works")
            .atMost(Duration.ofMinutes(3))
            .until(() -> this.slots.stream().anyMatch(Slot::working));
        return this.slots.stream().filter(Slot::working).findFirst().orElseThrow().node();
    }

    private static void assertExact(JsonNode ended, StoppablePostgres database, Site a, Site b) {
        assertThat(ended.get("status").asText()).as(ended.get("status_text").asText()).isEqualTo("succeeded");
        assertThat(ended.get("total").asInt()).isEqualTo(REPOSITORIES);
        assertThat(ended.get("succeed").asInt()).isEqualTo(REPOSITORIES);
        assertThat(ended.get("in_progress").asInt()).isZero();
        assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(IMAGES);
        assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
        assertThat(b.digests()).isEqualTo(a.digests());
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), "postgres", "postgres"));
        Map.of("tasks that have not ended", """
                SELECT count(*) FROM task WHERE state <> 'succeeded'
                """, "jobs", "SELECT count(*) FROM scheduled_tasks", "leases", "SELECT count(*) FROM blob_lease",
                "outcomes that are open", "SELECT count(*) FROM artifact_outcome WHERE result = 'open'", "locks",
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            .forEach((what, sql) -> Awaitility.await(what)
                .atMost(Duration.ofSeconds(45))
                .until(() -> jdbc.sql(sql).query(Long.class).single() == 0));
    }

    /**
     * A blob is committed once in each repository. Sent again is at most what was on its
     * way when something happened: a request each, over a connection each.
     */
    private void assertSentOnce(Site b) {
        Map<String, Long> commits = b.registry()
            .accessLog()
            .stream()
            .map(COMMIT::matcher)
            .filter(Matcher::find)
            .map((line) -> line.group(1) + line.group(2))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long again = commits.values().stream().mapToLong((times) -> times - 1).sum();
        LOG.info("{} blobs sent, {} again; {} connections were at risk", commits.size(), again, this.atRisk);
        assertThat(again).isLessThanOrEqualTo(this.atRisk);
    }

    private static long policy(Api api, Site a, Line line) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", a.url()));
        long destination = api.create("/api/registries",
                Map.of("name", "b", "registry_type", "oci", "url", line.url()));
        return api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
    }

    /** A place in the cluster, in which one node follows another. */
    private final class Slot {

        private final String name = "node-" + System.identityHashCode(this);

        private @Nullable CompletableFuture<DrayageProcess> node;

        private @Nullable CompletableFuture<?> waking;

        synchronized void begin(DrayageNodes nodes) {
            this.node = CompletableFuture.supplyAsync(() -> start(nodes), Thread::startVirtualThread);
        }

        // The database may be away at this moment: then the start fails, and whoever
        // supervises it tries again.
        private DrayageProcess start(DrayageNodes nodes) {
            for (int tries = 1;; tries++) {
                try {
                    return nodes.start(this.name);
                }
                catch (AssertionError ex) {
                    if (tries == 5) {
                        throw ex;
                    }
                }
            }
        }

        synchronized boolean working() {
            return this.node != null && this.node.isDone() && !this.node.isCompletedExceptionally()
                    && (this.waking == null || this.waking.isDone());
        }

        synchronized DrayageProcess node() {
            if (this.node == null) {
                throw new IllegalStateException("not begun");
            }
            return this.node.join();
        }

        synchronized void suffer(String signal, DrayageNodes nodes) {
            DrayageProcess process = node();
            if (signal.equals("STOP")) {
                process.signal("STOP");
                Duration pause = Duration.ofSeconds(ChaosTest.this.random.nextInt(3, 26));
                this.waking = CompletableFuture.runAsync(() -> process.signal("CONT"),
                        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
            }
            else {
                process.signal(signal);
                this.node = CompletableFuture.supplyAsync(() -> {
                    Awaitility.await("it ends by itself").atMost(Duration.ofSeconds(40)).until(() -> !process.alive());
                    return start(nodes);
                }, Thread::startVirtualThread);
            }
        }

        void goOn() {
            CompletableFuture<?> pending = this.waking;
            if (pending != null) {
                pending.join();
            }
        }

        void end() {
            goOn();
            if (this.node != null && !this.node.isCompletedExceptionally()) {
                node().kill();
            }
        }

    }

}
