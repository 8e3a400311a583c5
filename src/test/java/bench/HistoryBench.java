package bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import fixtures.Api;
import fixtures.DrayageProcess;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import replication.PageRequest;
import replication.execution.state.RetryPlan;
import replication.execution.task.Tasks;
import store.embedded.EmbeddedDatabase;
import store.history.Partitions;
import store.history.Retention;
import store.sql.Database;
import store.task.TaskTable;

/**
 * What a long history costs those who read, start and claim, and what its purge costs.
 * Everything lies in two schemas of its own, one with a history and one without.
 */
class HistoryBench {

    private static final long EXECUTIONS = Long.getLong("bench.executions", 5_000);

    private static final long TASKS = Long.getLong("bench.tasks", 5_000_000);

    private static final long LINES = Long.getLong("bench.lines", 50_000_000);

    private static final int REQUESTS = Integer.getInteger("bench.requests", 200);

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 10);

    private static final int CLAIMS_PER_ROUND = 480;

    private static final double WANTED_MILLIS = 50;

    private static final int POLICIES = 20;

    private static final String FULL = "bench_full";

    private static final String EMPTY = "bench_empty";

    private final Path folder = Path.of("target", "bench", "history").toAbsolutePath();

    private final Random random = new Random(42);

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void run() throws Exception {
        Files.createDirectories(this.folder);
        String url = System.getenv("DRAYAGE_DB_URL");
        if (url != null && !url.isBlank()) {
            run(new Server(url, System.getenv("DRAYAGE_DB_USER"), System.getenv("DRAYAGE_DB_PASSWORD")));
            return;
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(this.folder)) {
            run(new Server(database.jdbcUrl(), database.user(), database.password()));
        }
    }

    private void run(Server server) throws Exception {
        try (HikariDataSource full = server.pool(FULL); HikariDataSource empty = server.pool(EMPTY)) {
            drop(full);
            for (HikariDataSource source : List.of(full, empty)) {
                Flyway.configure().dataSource(source).schemas(source.getSchema()).load().migrate();
            }
            try {
                run(server, full, empty);
            }
            finally {
                drop(full);
            }
        }
    }

    private void run(Server server, HikariDataSource full, HikariDataSource empty) throws Exception {
        List<Long> policies = new ArrayList<>();
        try (DrayageProcess drayage = start(server)) {
            policies(drayage.api(), policies);
        }
        JdbcClient.create(empty).sql("""
                INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by)
                SELECT id, policy_id, policy_name, policy, state, trigger, started_by
                FROM %s.execution ORDER BY id LIMIT 1
                """.formatted(FULL)).update();
        JdbcClient.create(empty).sql("SELECT setval('execution_id_seq', max(id)) FROM execution").query((row) -> {
        });
        long longOne;
        try (Connection connection = full.getConnection()) {
            longOne = new History(Database.of(new SingleConnectionDataSource(connection, true)), EXECUTIONS, TASKS,
                    LINES)
                .make();
        }
        claims(full, empty);
        try (DrayageProcess drayage = start(server)) {
            requests(drayage.api(), JdbcClient.create(full), policies, longOne);
        }
        purge(Database.of(full), longOne);
    }

    private DrayageProcess start(Server server) {
        Map<String, String> environment = new HashMap<>(Map.of("DRAYAGE_DB_URL", server.url(FULL), "DRAYAGE_QUICKSTART",
                "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
        if (server.user != null) {
            environment.put("DRAYAGE_DB_USER", server.user);
        }
        if (server.password != null) {
            environment.put("DRAYAGE_DB_PASSWORD", server.password);
        }
        return DrayageProcess.start(this.folder.resolve("node"), environment, "-Xmx512m", "-XX:TieredStopAtLevel=4");
    }

    /** Policies over two empty folders, each run once to be the model of its history. */
    private static void policies(Api api, List<Long> policies) {
        long from = api.create("/api/registries",
                Map.of("name", "from", "registry_type", "layout", "url", "layout:from"));
        long to = api.create("/api/registries", Map.of("name", "to", "registry_type", "layout", "url", "layout:to"));
        for (int i = 0; i < POLICIES; i++) {
            policies.add(api.create("/api/replication/policies", Map.of("name", "policy-" + i, "src_registry_id", from,
                    "dest_registry_id", to, "allow_empty", true)));
            api.run(policies.getLast());
        }
    }

    private static void claims(HikariDataSource full, HikariDataSource empty) {
        ClaimSpeed onFull = new ClaimSpeed(Database.of(full), "with the history");
        ClaimSpeed onEmpty = new ClaimSpeed(Database.of(empty), "without a history");
        onEmpty.round(CLAIMS_PER_ROUND, new Latencies());
        onFull.round(CLAIMS_PER_ROUND, new Latencies());
        Latencies latencies = new Latencies();
        // By turns, so that whatever else the machine does meets both.
        for (int round = 0; round < ROUNDS; round++) {
            onEmpty.round(CLAIMS_PER_ROUND, latencies);
            onFull.round(CLAIMS_PER_ROUND, latencies);
        }
        latencies.print(WANTED_MILLIS);
        ratio(latencies, "claim", 1.1);
        ratio(latencies, "dispatch", 1.1);
    }

    private static void ratio(Latencies latencies, String what, double wanted) {
        double ratio = latencies.median(what + ", with the history") / latencies.median(what + ", without a history");
        System.out.printf(Locale.ROOT, "%s: %.2f times the time without a history (wanted: at most %.2f) %s%n", what,
                ratio, wanted, (ratio <= wanted) ? "reached" : "MISSED");
    }

    private void requests(Api api, JdbcClient jdbc, List<Long> policies, long longOne) {
        String executions = "/api/replication/executions";
        List<String> logs = jdbc.sql("""
                SELECT execution_id || '/logs/' || id FROM (
                    SELECT execution_id, min(id) AS id FROM task WHERE execution_id % 7 = 0 GROUP BY execution_id) t
                """).query(String.class).list();
        String longLog = executions + "/" + longOne + "/logs/"
                + jdbc.sql("SELECT min(id) FROM task WHERE execution_id = :id")
                    .param("id", longOne)
                    .query(Long.class)
                    .single();
        long lastLine = jdbc.sql("SELECT max(id) FROM task_log WHERE execution_id = :id")
            .param("id", longOne)
            .query(Long.class)
            .single();
        Latencies latencies = new Latencies();
        for (int i = 0; i < REQUESTS; i++) {
            long any = longOne - 1 - this.random.nextLong(EXECUTIONS);
            long policy = policies.get(i % policies.size());
            latencies.time("executions", () -> get(api, executions));
            latencies.time("executions, a late page", () -> get(api, executions + "?after=" + any));
            latencies.time("executions of a policy in a state",
                    () -> get(api, executions + "?policy_id=" + policy + "&status=partial"));
            latencies.time("an execution with its first tasks", () -> get(api, executions + "/" + any));
            latencies.time("an execution's tasks in a state",
                    () -> get(api, executions + "/" + any + "/logs?status=failed"));
            latencies.time("the long execution's tasks in a state",
                    () -> get(api, executions + "/" + longOne + "/logs?status=failed"));
            latencies.time("the long execution's tasks in a rare state",
                    () -> get(api, executions + "/" + longOne + "/logs?status=stopped"));
            String log = executions + "/" + logs.get(this.random.nextInt(logs.size()));
            latencies.time("a log page", () -> get(api, log));
            String late = longLog + "?after=" + (lastLine - this.random.nextLong(LINES / 50));
            latencies.time("a page of the long log, 1000 lines", () -> get(api, late));
            latencies.time("a start", () -> api.start(policy));
        }
        System.out.printf("%nover HTTP, %d requests each, one after the other%n", REQUESTS);
        latencies.print(WANTED_MILLIS);
    }

    private static void get(Api api, String path) {
        api.get(path).expect(200);
    }

    /** Half of the history is older than thirty days; meanwhile somebody reads. */
    private static void purge(Database database, long longOne) throws InterruptedException {
        TaskTable tasks = new TaskTable(database, "bench", () -> 1, new RetryPlan(0, Duration.ZERO, Duration.ZERO));
        long before = count(database);
        Latencies latencies = new Latencies();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = Thread.startVirtualThread(() -> {
            while (!done.get()) {
                latencies.time("an execution's tasks, while purging",
                        () -> tasks.list(new Tasks.TaskQuery(longOne, null, null), PageRequest.first()));
            }
        });
        long begin = System.nanoTime();
        new Retention(database, new Partitions(database), Duration.ofDays(30), 10).purge();
        double seconds = (System.nanoTime() - begin) / 1e9;
        done.set(true);
        reader.join();
        System.out.printf(Locale.ROOT, "%npurge: %d executions in %.1f s%n", before - count(database), seconds);
        latencies.print(WANTED_MILLIS);
    }

    private static long count(Database database) {
        return database.jdbc().sql("SELECT count(*) FROM execution").query(Long.class).single();
    }

    private static void drop(HikariDataSource source) {
        for (String schema : List.of(FULL, EMPTY)) {
            JdbcClient.create(source).sql("DROP SCHEMA IF EXISTS " + schema + " CASCADE").update();
        }
    }

    /** The PostgreSQL that both schemas lie in. */
    private record Server(String url, @Nullable String user, @Nullable String password) {

        String url(String schema) {
            return this.url + (this.url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
        }

        HikariDataSource pool(String schema) {
            HikariDataSource source = new HikariDataSource();
            source.setJdbcUrl(url(schema));
            source.setUsername(this.user);
            source.setPassword(this.password);
            source.setSchema(schema);
            source.setMaximumPoolSize(4);
            source.setMinimumIdle(0);
            return source;
        }

    }

}
