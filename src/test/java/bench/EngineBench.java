package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import store.embedded.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine's own speed: executions whose repositories are all unchanged, through the
 * whole service on the embedded database with fsync on.
 */
class EngineBench {

    private static final int REPOSITORIES = Integer.getInteger("bench.repositories", 10_000);

    private static final int RUNS = Integer.getInteger("bench.runs", 5);

    private static final String HEAP = System.getProperty("bench.heap", "512m");

    private final Path folder = Path.of("target", "bench", "engine").toAbsolutePath();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void run() throws IOException {
        Files.createDirectories(this.folder);
        enableStatistics();
        Path recording = this.folder.resolve("engine.jfr");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
            JdbcClient jdbc = client(database);
            System.out.printf("fsync %s, synchronous_commit %s%n", show(jdbc, "fsync"),
                    show(jdbc, "synchronous_commit"));
            jdbc.sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").update();
            Map<String, String> environment = Map.of("DRAYAGE_DB_URL", database.jdbcUrl(), "DRAYAGE_DB_USER",
                    database.user(), "DRAYAGE_DB_PASSWORD", database.password(), "DRAYAGE_QUICKSTART", "false",
                    "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD);
            try (DrayageProcess node = DrayageProcess.startAs("bench.EngineNode", this.folder.resolve("node"),
                    environment, "-Xmx" + HEAP, "-XX:TieredStopAtLevel=4",
                    "-XX:StartFlightRecording=filename=" + recording + ",settings=profile",
                    "-Dbench.repositories=" + REPOSITORIES)) {
                measure(node, jdbc);
            }
            statements(jdbc);
        }
        Profile.of(recording).print();
        System.out.printf("the recording for more: %s%n", recording);
    }

    private void enableStatistics() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
            client(database).sql("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'").update();
        }
    }

    private static JdbcClient client(EmbeddedDatabase database) {
        return JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password()));
    }

    private static String show(JdbcClient jdbc, String setting) {
        return jdbc.sql("SHOW " + setting).query(String.class).single();
    }

    private static void measure(DrayageProcess node, JdbcClient jdbc) throws IOException {
        Api api = node.api();
        String name = "bench" + System.currentTimeMillis();
        long from = registry(api, name + "-from");
        long to = registry(api, name + "-to");
        long policy = api.create("/api/replication/policies",
                Map.of("name", name, "src_registry_id", from, "dest_registry_id", to, "dest_namespace", "mirror"));
        long postmaster = postmaster(jdbc);
        jdbc.sql("SELECT pg_stat_statements_reset()").query((row) -> {
        });
        List<Double> rates = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            double javaBefore = CpuTimes.tree(node.pid());
            double postgresBefore = CpuTimes.tree(postmaster);
            JsonNode ended = await(api, api.start(policy));
            assertThat(ended.get("status").asText()).isEqualTo("succeeded");
            assertThat(ended.get("succeed").asInt()).isEqualTo(REPOSITORIES);
            double seconds = Duration
                .between(Instant.parse(ended.get("start_time").asText()), Instant.parse(ended.get("end_time").asText()))
                .toMillis() / 1000.0;
            rates.add(REPOSITORIES / seconds);
            System.out.printf(Locale.ROOT,
                    "run %d: %d repositories in %.1f s, %.0f a second; processor: Java %.1f s, PostgreSQL %.1f s%n",
                    run, REPOSITORIES, seconds, REPOSITORIES / seconds, CpuTimes.tree(node.pid()) - javaBefore,
                    CpuTimes.tree(postmaster) - postgresBefore);
        }
        double median = rates.stream().sorted().toList().get(RUNS / 2);
        System.out.printf(Locale.ROOT, "median of %d runs: %.0f repositories a second (wanted: 500) %s%n", RUNS, median,
                (median >= 500) ? "reached" : "MISSED");
    }

    /** Looks seldom, for looking costs the node what is measured. */
    private static JsonNode await(Api api, long execution) {
        return Awaitility.await()
            .atMost(Duration.ofMinutes(30))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> api.get("/api/replication/executions/" + execution).expect(200).json(),
                    (json) -> !json.get("end_time").isNull());
    }

    private static long registry(Api api, String name) {
        return api.create("/api/registries",
                Map.of("name", name, "registry_type", "unchanged", "url", "https://" + name + ".example"));
    }

    private static long postmaster(JdbcClient jdbc) throws IOException {
        Path data = Path.of(show(jdbc, "data_directory"));
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().trim());
    }

    private static void statements(JdbcClient jdbc) {
        System.out.printf("%nstatements by their time in PostgreSQL%n");
        jdbc.sql("""
                SELECT round((100 * total_exec_time / sum(total_exec_time) OVER ())::numeric, 1) AS share, calls,
                    round(mean_exec_time::numeric, 3) AS mean,
                    left(regexp_replace(query, '\\s+', ' ', 'g'), 110) AS text
                FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 15
                """).query((row) -> {
            System.out.printf("  %5s %%  %8d calls, %8s ms each  %s%n", row.getString("share"), row.getLong("calls"),
                    row.getString("mean"), row.getString("text"));
        });
        System.out.println();
    }

}
