package store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.policy.Policy;
import store.sql.StateSql;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code camel/gauges.sql} says of the tables, and what it reads of them. */
class GaugesStatementTest {

    private static final int MANY = 100_000;

    private static final Fixture STORE = new Fixture();

    private final String sql = statement();

    @BeforeEach
    void clear() {
        STORE.clear();
        STORE.test.jdbc().sql("DELETE FROM policy").update();
        STORE.test.jdbc().sql("DELETE FROM registry").update();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void a_policy_at_rest_has_a_row_and_counts_from_its_creation_until_it_succeeds() {
        Policy policy = STORE.policy();
        STORE.test.jdbc().sql("UPDATE policy SET creation_time = now() - interval '1 hour'").update();

        Map<String, @Nullable Object> row = only("policy");
        assertThat(row).containsEntry("name", policy.name()).containsEntry("execution", null);
        assertThat(row.get("source")).asString().startsWith("from");
        assertThat(row.get("destination")).asString().startsWith("to");
        assertThat(number(row, "since_success")).isBetween(3600.0, 3660.0);
        assertThat(number(row, "waiting")).isZero();
        assertThat(number(row, "age")).isZero();
    }

    @Test
    void only_a_success_is_one_and_the_last_counts() {
        Policy policy = STORE.policy();
        STORE.test.jdbc()
            .sql("""
                    INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, end_time)
                    SELECT nextval('execution_id_seq'), :policy, '', '{}', state, 'manual', '', now() - make_interval(mins => ago)
                    FROM (VALUES ('succeeded', 30), ('succeeded', 20), ('partial', 10), ('failed', 5), ('stopped', 3))
                        AS ended (state, ago)
                    """)
            .param("policy", policy.id())
            .update();

        assertThat(number(only("policy"), "since_success")).isBetween(1200.0, 1260.0);
    }

    @Test
    void a_plan_is_no_success() {
        Execution plan = STORE.executions.start(STORE.policy(), "manual", new Caller("ann"), Mode.PLAN);
        STORE.test.jdbc().sql("UPDATE policy SET creation_time = now() - interval '1 hour'").update();
        STORE.test.jdbc().sql("UPDATE execution SET state = 'succeeded', end_time = now()").update();

        assertThat(STORE.execution(plan.id()).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(number(only("policy"), "since_success")).isBetween(3600.0, 3660.0);
    }

    @Test
    void tasks_that_run_and_tasks_that_wait_are_told_apart() {
        long execution = STORE.running("a", "b", "c", "d");
        STORE.summaries.refresh(List.of(execution));
        STORE.tasks.dispatch();
        ClaimedTask task = STORE.claim(STORE.key(execution));
        STORE.test.jdbc()
            .sql("UPDATE task SET creation_time = now() - interval '1 minute' WHERE src_resource = 'b'")
            .update();

        Map<String, @Nullable Object> row = only("policy");
        assertThat(row).containsEntry("execution", execution).containsEntry("running", 1L).containsEntry("waiting", 3L);
        assertThat(number(row, "age")).isBetween(60.0, 120.0);

        STORE.outcomes.record(task, List.of(Outcome.copied(new Subject.Tag("v1"), "sha256:" + "a".repeat(64), 77)));
        STORE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 0);
        STORE.summaries.refresh(List.of(execution));

        assertThat(only("policy")).containsEntry("running", 0L)
            .containsEntry("waiting", 3L)
            .containsEntry("bytes", 77L);
    }

    @Test
    void a_backlog_waits_since_its_head_was_found() {
        String[] sources = new String[2 * Fixture.LIMIT];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = "app" + i;
        }
        STORE.summaries.refresh(List.of(STORE.running(sources)));
        STORE.test.jdbc().sql("UPDATE task SET creation_time = now() - interval '5 minutes'").update();

        assertThat(only("policy")).containsEntry("waiting", (long) sources.length);
        assertThat(number(only("policy"), "age")).isBetween(300.0, 360.0);
    }

    @Test
    void an_execution_that_nobody_discovers_grows_old() {
        STORE.start();
        STORE.test.jdbc().sql("UPDATE execution SET start_time = now() - interval '1 minute'").update();

        assertThat(number(only("policy"), "age")).isBetween(60.0, 120.0);
    }

    @Test
    void what_was_paused_does_not_wait() {
        STORE.summaries.refresh(List.of(STORE.running("a", "b")));
        STORE.test.jdbc().sql("UPDATE execution SET state = 'paused'").update();

        assertThat(only("policy")).containsEntry("waiting", 0L);
        assertThat(number(only("policy"), "age")).isZero();
    }

    @Test
    void every_registry_has_a_row_with_its_health() {
        STORE.policy();

        assertThat(rows("registry")).hasSize(2).allSatisfy((row) -> assertThat(row).containsEntry("health", "unknown"));
    }

    @Test
    void neither_a_long_backlog_nor_a_long_history_is_read() throws IOException {
        long running = STORE.start().id();
        long history = STORE.executions
            .start(STORE.policies.find(policyOf(running)).orElseThrow(), "manual", new Caller("ann"), Mode.APPLY)
            .id();
        fill(running, "pending");
        fill(running, "succeeded");
        fill(history, "succeeded");
        STORE.test.jdbc()
            .sql("""
                    INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, end_time)
                    SELECT nextval('execution_id_seq'), policy_id, '', '{}', 'succeeded', 'schedule', '', now() - interval '1 day'
                    FROM execution, generate_series(1, 20000)
                    WHERE id = :running
                    """)
            .param("running", running)
            .update();
        STORE.test.jdbc().sql("UPDATE execution SET state = 'running' WHERE id = :id").param("id", running).update();
        STORE.test.jdbc()
            .sql("UPDATE execution SET state = 'succeeded', end_time = now() - interval '1 day' WHERE id = :id")
            .param("id", history)
            .update();
        STORE.test.jdbc().sql("VACUUM ANALYZE").update();
        assertThat(rows("policy")).hasSize(1);

        String plan = String.join("\n",
                STORE.test.jdbc()
                    .sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + this.sql)
                    .query(String.class)
                    .list());

        JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
        long pages = root.get("Shared Hit Blocks").asLong() + root.get("Shared Read Blocks").asLong();
        assertThat(pages).as(plan).isLessThan(100);
        assertThat(plan).contains("task_0_execution_id_id_idx", "execution_success_idx", "execution_open_idx",
                "execution_end_idx");
    }

    private static void fill(long execution, String state) {
        STORE.test.jdbc().sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state)
                SELECT :execution, 'image', :state || n, :state || n, :state FROM generate_series(1, :many) n
                """).param("execution", execution).param("state", state).param("many", MANY).update();
    }

    private static long policyOf(long execution) {
        return STORE.count("SELECT policy_id FROM execution WHERE id = " + execution);
    }

    private Map<String, @Nullable Object> only(String kind) {
        List<Map<String, @Nullable Object>> found = rows(kind);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<Map<String, @Nullable Object>> rows(String kind) {
        return STORE.test.jdbc()
            .sql(this.sql)
            .query()
            .listOfRows()
            .stream()
            .filter((row) -> kind.equals(row.get("kind")))
            .toList();
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return (row.get(column) instanceof Number number) ? number.doubleValue() : Double.NaN;
    }

    private static String statement() {
        try {
            return StateSql
                .render(new ClassPathResource("camel/gauges.sql").getContentAsString(StandardCharsets.UTF_8));
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
