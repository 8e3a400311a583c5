package e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that are replaced in the middle of the work. The version before is there as the
 * schema that it made and the rows that it left in it; its program is not built again
 * here.
 */
@Tag("long")
@Timeout(600)
class RollingUpdateTest {

    private static final int IMAGES = 300;

    /** The last migration of the version before. */
    private static final String BEFORE = "20261124.2";

    @TempDir
    private Path folder;

    @Test
    void three_nodes_are_replaced_in_turn_and_nothing_is_lost_or_fails() {
        Cargo cargo = new Cargo(IMAGES, 60);
        Queue<Deed> deeds = new ConcurrentLinkedQueue<>();
        try (Site a = Site.start();
                Site b = Site.start();
                Line line = Line.to(b.registry(), 600_000);
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            cargo.pushTo(a);
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl(), "DRAYAGE_TRANSFER_TASKS", "3",
                    "DRAYAGE_TRANSFER_WINDOW", "2", "DRAYAGE_SHUTDOWN_GRACE", "5s");
            List<Slot> slots = IntStream.rangeClosed(1, 3)
                .mapToObj((i) -> new Slot("n" + i, nodes, deeds::add))
                .toList();
            try {
                slots.forEach(Slot::begin);
                slots.forEach(Slot::node);
                Api api = slots.getFirst().node().api();
                long execution = api.start(policy(api, a.url(), line.url()));
                for (Slot slot : slots) {
                    awaitTasks(database, slot.nodeName());
                    slot.terminate();
                    assertThat(slot.node().alive()).isTrue();
                }
                slots.forEach((slot) -> awaitTasks(database, slot.nodeName()));
                line.pace(20_000_000);

                JsonNode ended = slots.getLast().node().api().ended(execution, Duration.ofMinutes(5));
                cargo.assertBrought(ended, database.jdbc(), a, b);
                assertThat(deeds).extracting(Deed::what).containsExactly("TERM", "TERM", "TERM");
                cargo.assertSentOnce(b, line, deeds, database.jdbc());
                assertThat(database.jdbc().sql("SELECT sum(failures) FROM task").query(Long.class).single())
                    .as("attempts that failed")
                    .isZero();
            }
            finally {
                slots.forEach(Slot::end);
            }
        }
    }

    private static void awaitTasks(StoppablePostgres database, String node) {
        Awaitility.await(node + " has tasks")
            .atMost(Duration.ofSeconds(60))
            .until(() -> database.jdbc()
                .sql("SELECT EXISTS (SELECT FROM task WHERE state = 'running' AND owner LIKE :owner)")
                .param("owner", node + "-%")
                .query(Boolean.class)
                .single());
    }

    private static long policy(Api api, String from, String to) {
        long source = api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", from));
        long destination = api.create("/api/registries", Map.of("name", "b", "registry_type", "oci", "url", to));
        return api.create("/api/replication/policies",
                Map.of("name", "p", "src_registry_id", source, "dest_registry_id", destination));
    }

    /**
     * One of its tasks is done, one it had when it died, with an artifact that had
     * arrived and was not yet written down; one is in the queue, two in the backlog.
     */
    @Test
    void new_nodes_finish_what_the_version_before_has_left_in_its_schema() {
        try (Site a = Site.start();
                Site b = Site.start();
                StoppablePostgres database = StoppablePostgres.start(this.folder.resolve("database"))) {
            for (int i = 0; i < 5; i++) {
                a.push("lib/app" + i, "v1", Images.image(2L * i, 300_000));
                a.push("lib/app" + i, "v2", Images.image(2L * i + 1, 300_000));
            }
            b.push("lib/app0", "v1", Images.image(0, 300_000));
            b.push("lib/app0", "v2", Images.image(1, 300_000));
            b.push("lib/app1", "v1", Images.image(2, 300_000));
            Flyway.configure().dataSource(database.jdbcUrl(), "postgres", "postgres").target(BEFORE).load().migrate();
            leave(database, a, b);
            DrayageNodes nodes = new DrayageNodes(this.folder, database.jdbcUrl());
            try (DrayageProcess one = nodes.start("one"); DrayageProcess two = nodes.start("two")) {
                JsonNode ended = one.api().ended(1);

                assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
                assertThat(ended.get("total").asInt()).isEqualTo(5);
                assertThat(ended.get("succeed").asInt()).isEqualTo(5);
                assertThat(ended.get("artifacts").get("copied").asInt()).isEqualTo(10);
                assertThat(ended.get("artifacts").get("unchanged").asInt()).isZero();
                assertThat(b.digests()).hasSize(10).isEqualTo(a.digests());
                JsonNode again = two.api().run(1);
                assertThat(again.get("artifacts").get("unchanged").asInt()).as(again.toString()).isEqualTo(10);
            }
        }
    }

    private static void leave(StoppablePostgres database, Site a, Site b) {
        for (String table : List.of("task", "artifact_outcome", "task_log")) {
            database.jdbc()
                .sql("CREATE TABLE %1$s_0 PARTITION OF %1$s FOR VALUES FROM (0) TO (1000)".formatted(table))
                .update();
        }
        for (Map.Entry<String, String> registry : Map.of("a", a.url(), "b", b.url()).entrySet()) {
            database.jdbc().sql("""
                    INSERT INTO registry (id, name, description, type, url, insecure, credential_type, health,
                        health_reason)
                    VALUES (CASE :name WHEN 'a' THEN 1 ELSE 2 END, :name, '', 'oci', :url, false, 'none', 'healthy', '')
                    """).param("name", registry.getKey()).param("url", registry.getValue()).update();
        }
        List.of("""
                INSERT INTO policy (id, name, description, creator, src_registry_id, src_namespaces, dest_registry_id,
                    dest_namespace, filters, triggers, deletion, override, enabled)
                VALUES (1, 'p', '', 'admin', 1, '[]', 2, '', '[]', '[]', false, true, true)
                """,
                """
                        INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, discovered, total,
                            in_progress, succeed)
                        SELECT 1, 1, 'p', to_jsonb(p), 'running', 'manual', 'admin', true, 5, 4, 1 FROM policy p
                        """,
                """
                        INSERT INTO task (execution_id, id, resource_type, src_resource, dest_resource, state, owner, attempt,
                            copied, bytes, start_time, end_time)
                        VALUES (1, 1, 'image', 'lib/app0', 'lib/app0', 'succeeded', NULL, 1, 2, 600000, now(), now()),
                            (1, 2, 'image', 'lib/app1', 'lib/app1', 'running', 'old-1', 1, 0, 0, now(), NULL),
                            (1, 3, 'image', 'lib/app2', 'lib/app2', 'queued', NULL, 0, 0, 0, NULL, NULL),
                            (1, 4, 'image', 'lib/app3', 'lib/app3', 'pending', NULL, 0, 0, 0, NULL, NULL),
                            (1, 5, 'image', 'lib/app4', 'lib/app4', 'pending', NULL, 0, 0, 0, NULL, NULL)
                        """,
                """
                        INSERT INTO artifact_outcome (execution_id, task_id, reference, result, bytes, attempt)
                        VALUES (1, 1, 'v1', 'copied', 300000, 1), (1, 1, 'v2', 'copied', 300000, 1), (1, 2, 'v1', 'open', 0, 1),
                            (1, 2, 'v2', 'open', 0, 1)
                        """,
                """
                        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat,
                            version, priority)
                        VALUES ('transfer', '1/2', now(), true, 'old-1', now(), 2, 0),
                            ('transfer', '1/3', now(), false, NULL, NULL, 1, 0)
                        """,
                """
                        INSERT INTO node (name, roles, slots, key_print, layout_mark, heard_time)
                        VALUES ('old-1', 'api,work', 32, 'of another time', '', now() - interval '30 seconds')
                        """, "SELECT setval('registry_id_seq', 2)", "SELECT setval('policy_id_seq', 1)",
                "SELECT setval('execution_id_seq', 1)", "SELECT setval('task_id_seq', 5)")
            .forEach((sql) -> execute(database, sql));
    }

    private static void execute(StoppablePostgres database, String sql) {
        if (sql.startsWith("SELECT")) {
            database.jdbc().sql(sql).query(Long.class).single();
        }
        else {
            database.jdbc().sql(sql).update();
        }
    }

}
