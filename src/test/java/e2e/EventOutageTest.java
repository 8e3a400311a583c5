package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Image;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Site;
import fixtures.StoppablePostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real registry tells what happens to it while nobody listens, and nothing of it is
 * lost.
 */
@Tag("long")
@Timeout(300)
class EventOutageTest {

    private static final Logger LOG = LoggerFactory.getLogger(EventOutageTest.class);

    private static final Duration OUTAGE = DurationStyle
        .detectAndParse(System.getProperty("drayage.events.outage", "4s"));

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String PROOF = "Bearer what only we know";

    @Test
    void what_happens_while_the_database_is_away_is_made_up_for(@TempDir Path folder) {
        try (StoppablePostgres database = StoppablePostgres.start(folder.resolve("database"));
                DrayageProcess drayage = DrayageProcess.start(folder.resolve("home"), environment(database))) {
            Api api = drayage.api();
            long source = offline(api);
            String hook = hook(api, source);
            try (Site a = notifying(api, hook); Site b = Site.start()) {
                policy(api, source, a, b);
                IntStream.range(0, 5).forEach((i) -> a.push("lib/app", "before" + i, Images.image(i, 2000)));
                awaitEqual(a, b);

                database.stopAtOnce();
                assertThat(deliver(api, hook)).isEqualTo(503);
                for (int i = 0; i < 20; i++) {
                    a.push("lib/app" + i % 3, "while" + i, Images.image(100 + i, 2000));
                }
                a.delete("lib/app", "before1");
                a.delete("lib/app", "before3");
                a.delete("lib/app0", "while0");
                Awaitility.await("it stays away")
                    .during(OUTAGE)
                    .atMost(OUTAGE.plus(PATIENCE))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> deliver(api, hook) == 503);
                assertThat(b.digests()).hasSize(5);

                database.startAgain();
                long back = System.nanoTime();
                awaitEqual(a, b);
                assertThat(b.digests()).hasSize(5 + 20 - 3);
                LOG.info("the database was away for {} s; what was missed is made up for {} ms after its return",
                        OUTAGE.toSeconds(), (System.nanoTime() - back) / 1_000_000);
            }
        }
    }

    @Test
    void what_happens_while_the_service_is_killed_and_away_is_made_up_for(@TempDir Path folder) {
        try (StoppablePostgres database = StoppablePostgres.start(folder.resolve("database"))) {
            Map<String, String> environment = environment(database);
            DrayageProcess drayage = DrayageProcess.start(folder.resolve("home"), environment);
            environment.put("SERVER_PORT", String.valueOf(drayage.port()));
            try {
                long source = offline(drayage.api());
                String hook = hook(drayage.api(), source);
                try (Site a = notifying(drayage.api(), hook); Site b = Site.start()) {
                    policy(drayage.api(), source, a, b);
                    for (int round = 0; round < 2; round++) {
                        for (int i = 0; i < 10; i++) {
                            a.push("lib/app" + i % 3, "r" + round + "v" + i, Images.image(50 * round + i, 300_000));
                        }
                        drayage.kill();
                        a.push("lib/app0", "away" + round, Images.image(900 + round, 2000));
                        a.delete("lib/app1", "r" + round + "v1");
                        drayage = DrayageProcess.start(folder.resolve("home"), environment);
                        long back = System.nanoTime();
                        awaitEqual(a, b);
                        LOG.info("killed; what was missed is made up for {} ms after its return",
                                (System.nanoTime() - back) / 1_000_000);
                    }
                    // Also what was being copied when it was killed is known as its own.
                    for (int i = 0; i < 10; i++) {
                        if (i != 1) {
                            a.delete("lib/app" + i % 3, "r0v" + i);
                        }
                    }
                    awaitEqual(a, b);
                    assertThat(b.digests()).hasSize(9 + 2);
                }
            }
            finally {
                drayage.close();
            }
        }
    }

    @Test
    void pushes_and_deletions_in_any_order_end_with_both_sides_equal(@TempDir Path home)
            throws InterruptedException, ExecutionException {
        try (DrayageProcess drayage = DrayageProcess.start(home)) {
            Api api = drayage.api();
            long source = offline(api);
            String hook = hook(api, source);
            try (Site a = notifying(api, hook); Site b = Site.start()) {
                policy(api, source, a, b);
                for (int round = 0; round < 6; round++) {
                    long seed = 7_000L + round;
                    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        for (Future<?> each : List.of(threads.submit(() -> disturb(a, "lib/app", seed)),
                                threads.submit(() -> disturb(a, "lib/other", -seed)))) {
                            each.get();
                        }
                    }
                    awaitEqual(a, b);
                }
            }
        }
    }

    /**
     * Few tags and few images, so that they meet; none under two tags, as the registry
     * cannot take one of two away.
     */
    private static void disturb(Site a, String repository, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            int number = random.nextInt(3);
            String tag = "v" + number;
            boolean there = !a.digest(repository, tag).isEmpty();
            if (there && random.nextInt(5) < 2) {
                a.delete(repository, tag);
            }
            else {
                Image image = Images.image(10 * number + random.nextInt(4), 20_000);
                a.push(repository, tag, image);
            }
        }
        // One stays, for a repository without any tag is not taken at its word.
        a.push(repository, "stays", Images.image(99, 1000));
    }

    private static void awaitEqual(Site a, Site b) {
        Awaitility.await("both sides are equal")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .untilAsserted(() -> assertThat(b.digests()).isEqualTo(a.digests()));
    }

    private static int deliver(Api api, String hook) {
        String body = """
                {"events": [{"id": "probe", "action": "push", "target": {"repository": "nobody/s", "tag": "v",
                 "mediaType": "application/vnd.oci.image.manifest.v1+json"}}]}
                """;
        return api.deliver(hook, body, Map.of("Authorization", PROOF)).status();
    }

    private static Site notifying(Api api, String hook) {
        RealRegistry registry = RealRegistry.builder()
            .notifying(api.url(hook).toString(), "Authorization", PROOF)
            .start();
        return new Site(registry, Registered.at(registry));
    }

    private static long offline(Api api) {
        return api.create("/api/registries",
                Map.of("name", "from", "registry_type", "oci", "url", "http://127.0.0.1:1", "force", true));
    }

    private static String hook(Api api, long registry) {
        return api
            .post("/api/registries/" + registry + "/hooks",
                    Map.of("proof", Map.of("type", "header", "header", "Authorization", "secret", PROOF)))
            .expect(201)
            .json()
            .get("url")
            .asText();
    }

    private static void policy(Api api, long source, Site a, Site b) {
        api.put("/api/registries/" + source, Map.of("name", "from", "registry_type", "oci", "url", a.url()))
            .expect(200);
        long destination = api.create("/api/registries", Map.of("name", "to", "registry_type", "oci", "url", b.url()));
        api.create("/api/replication/policies", Map.of("name", "follows", "src_registry_id", source, "dest_registry_id",
                destination, "deletion", true, "triggers", List.of(Map.of("type", "event"))));
    }

    private static Map<String, String> environment(StoppablePostgres database) {
        return new HashMap<>(Map.of("DRAYAGE_DB_URL", database.jdbcUrl(), "DRAYAGE_DB_USER", "postgres",
                "DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
    }

}
