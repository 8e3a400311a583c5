package store.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Outcomes;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs.Line;
import replication.execution.task.TaskLogs.Lines;
import replication.execution.task.TaskLogs.StoredLine;
import replication.policy.Policy;
import store.Fixture;
import store.Race;

import static org.assertj.core.api.Assertions.assertThat;

/** What of the history goes, what stays, and who is disturbed. */
class RetentionTest {

    private static final Fixture FIXTURE = new Fixture();

    private static final Duration RETENTION = Duration.ofDays(30);

    private final Policy policy = FIXTURE.policy();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @BeforeEach
    void forget() {
        FIXTURE.clear();
        FIXTURE.test.jdbc().sql("""
                SELECT setval('execution_id_seq', last_value - last_value % 1000 + 1000, false) FROM execution_id_seq
                """).query(Long.class).single();
        FIXTURE.partitions.ensureAhead();
    }

    private static Retention retention(int keep) {
        return new Retention(FIXTURE.database, FIXTURE.partitions, RETENTION, keep);
    }

    /** An execution that has copied an image and ended. */
    private long ended() {
        ClaimedTask task = running();
        long id = task.claim().key().executionId();
        FIXTURE.outcomes.announce(task.claim(), List.of(new Subject.Tag("1.0")));
        FIXTURE.outcomes.record(task, List.of(Outcome.copied(new Subject.Tag("1.0"), "sha256:a", 100)));
        FIXTURE.logs.append(task.claim(), List.of(new Line(Instant.EPOCH, "copied 1.0")));
        FIXTURE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 0);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state().terminal()).isTrue();
        return id;
    }

    private ClaimedTask running() {
        long id = FIXTURE.executions.start(this.policy, "manual", new Caller("ann"), Mode.APPLY).id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("app")));
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.tasks.dispatch();
        return FIXTURE.claim(FIXTURE.key(id));
    }

    private static void pass(Duration time) {
        FIXTURE.test.jdbc()
            .sql("UPDATE execution SET start_time = start_time - :time::interval, end_time = end_time - :time::interval")
            .param("time", time.toString())
            .update();
    }

    private static List<Long> executions() {
        return FIXTURE.test.jdbc().sql("SELECT id FROM execution ORDER BY id").query(Long.class).list();
    }

    private static List<String> partitions() {
        return FIXTURE.test.jdbc()
            .sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'task'::regclass")
            .query(String.class)
            .list();
    }

    private static String partition(long id) {
        return "task_" + (id - id % 1_000);
    }

    @Test
    void what_is_past_goes_with_its_partition_and_what_was_put_where_stays() {
        long old = ended();
        pass(Duration.ofDays(31));
        retention(0).purge();
        assertThat(executions()).isEmpty();
        assertThat(partitions()).doesNotContain(partition(old));
        assertThat(FIXTURE.count("SELECT count(*) FROM pg_class WHERE relname LIKE '%" + old / 1_000 + "000%'"))
            .isZero();
        assertThat(FIXTURE.count("SELECT count(*) FROM placement WHERE execution_id = " + old)).isEqualTo(1);
    }

    @Test
    void what_is_young_stays_with_all_that_lies_in_its_range() {
        long older = ended();
        pass(Duration.ofDays(29));
        long newer = ended();
        pass(Duration.ofDays(2));
        retention(0).purge();
        assertThat(executions()).containsExactly(older, newer);
        assertThat(FIXTURE.all(older)).hasSize(1);
        pass(Duration.ofDays(29));
        retention(0).purge();
        assertThat(executions()).isEmpty();
    }

    @Test
    void executions_that_are_seldom_do_not_wait_for_a_range_to_be_full() {
        long first = ended();
        pass(Duration.ofDays(2));
        retention(0).purge();
        long second = ended();
        assertThat(partition(second)).isEqualTo(partition(first));
        pass(Duration.ofDays(2));
        retention(0).purge();
        long third = ended();
        assertThat(partition(third)).isNotEqualTo(partition(second));
        pass(Duration.ofDays(28));
        retention(0).purge();
        assertThat(executions()).containsExactly(third);
    }

    @Test
    void each_policy_s_newest_stay_whole_however_old_they_are() {
        long first = ended();
        long second = ended();
        long third = ended();
        pass(Duration.ofDays(400));
        retention(1).purge();
        assertThat(executions()).containsExactly(third);
        TaskKey key = FIXTURE.key(third);
        assertThat(FIXTURE.task(key).artifacts().copied()).isEqualTo(1);
        assertThat(FIXTURE.outcomes.list(new Outcomes.OutcomeQuery(key, "", null), 10).items()).hasSize(1);
        assertThat(FIXTURE.logs.page(key, new Lines(0, 10)).items()).extracting(StoredLine::line)
            .containsExactly(new Line(Instant.EPOCH, "copied 1.0"));
        assertThat(FIXTURE.count("SELECT count(*) FROM task WHERE execution_id IN (" + first + "," + second + ")"))
            .isZero();
        assertThat(FIXTURE.count("SELECT count(*) FROM pg_class WHERE relname ~ '_kept_' AND relkind = 'r'")).isZero();
    }

    @Test
    void what_stayed_goes_when_newer_ones_have_come() {
        ended();
        long second = ended();
        pass(Duration.ofDays(31));
        retention(1).purge();
        assertThat(executions()).containsExactly(second);
        long third = ended();
        retention(1).purge();
        assertThat(executions()).containsExactly(third);
        assertThat(partitions()).doesNotContain(partition(second));
    }

    @Test
    void nothing_stays_of_a_policy_that_is_gone() {
        ended();
        FIXTURE.policies.delete(this.policy.id());
        pass(Duration.ofDays(31));
        retention(10).purge();
        assertThat(executions()).isEmpty();
    }

    @Test
    void an_execution_that_goes_on_keeps_its_range_and_can_be_written_to() {
        ended();
        ClaimedTask open = running();
        long id = open.claim().key().executionId();
        pass(Duration.ofDays(100));
        retention(0).purge();
        assertThat(executions()).contains(id);
        FIXTURE.tasks.finish(open.claim(), TaskState.SUCCEEDED, "", 3);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id)).extracting(Execution::tasks).isEqualTo(new Execution.TaskCounts(1, 0, 1, 0));
        pass(Duration.ofDays(31));
        retention(0).purge();
        assertThat(executions()).isEmpty();
    }

    @Test
    void the_range_in_which_executions_start_stays() {
        long young = ended();
        retention(0).purge();
        assertThat(executions()).containsExactly(young);
        assertThat(partitions()).contains(partition(young));
        assertThat(ended()).isEqualTo(young + 1);
    }

    @Test
    void of_many_nodes_at_once_one_purges_and_each_of_them_may_start() {
        ended();
        long kept = ended();
        pass(Duration.ofDays(31));
        Race.of(4, () -> new Retention(FIXTURE.database, new Partitions(FIXTURE.database), RETENTION, 1).purge());
        assertThat(executions()).containsExactly(kept);
        assertThat(FIXTURE.all(kept)).hasSize(1);
        assertThat(ended()).isEqualTo(kept - kept % 1_000 + 1_000);
    }

    @Test
    void a_node_that_dies_while_it_copies_leaves_nothing_behind_for_long() {
        ended();
        long kept = ended();
        pass(Duration.ofDays(31));
        FIXTURE.test.jdbc().sql("CREATE TABLE task_kept_0123456789abcdef (LIKE task INCLUDING ALL)").update();
        FIXTURE.test.jdbc().sql("INSERT INTO task_kept_0123456789abcdef SELECT * FROM task").update();
        retention(1).purge();
        assertThat(FIXTURE.count("SELECT count(*) FROM pg_class WHERE relname ~ '_kept_' AND relkind = 'r'")).isZero();
        assertThat(executions()).containsExactly(kept);
        assertThat(FIXTURE.all(kept)).hasSize(1);
    }

    @Test
    void a_reader_that_takes_its_time_postpones_the_purge_and_nobody_waits_long() throws Exception {
        long old = ended();
        pass(Duration.ofDays(31));
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                Connection reader = FIXTURE.test.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM task_log").close();
            Future<?> purge = threads.submit(() -> retention(0).purge());
            while (!purge.isDone()) {
                assertThat(Duration.ofNanos(timeOf(() -> FIXTURE.all(old)))).isLessThan(Duration.ofSeconds(10));
            }
            purge.get();
            assertThat(executions()).containsExactly(old);
        }
        retention(0).purge();
        assertThat(executions()).isEmpty();
    }

    private static long timeOf(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    @Test
    void one_that_is_opened_again_while_its_range_is_copied_keeps_everything() throws SQLException {
        ended();
        long kept = ended();
        pass(Duration.ofDays(31));
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                Connection operator = FIXTURE.test.dataSource().getConnection();
                Statement statement = operator.createStatement()) {
            operator.setAutoCommit(false);
            statement.executeUpdate("UPDATE execution SET update_time = now() WHERE id = " + kept);
            Future<?> purge = threads.submit(() -> retention(1).purge());
            org.awaitility.Awaitility.await("the copies are made")
                .until(() -> FIXTURE
                    .count("""
                            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                            """) > 0);
            operator.commit();
            org.awaitility.Awaitility.await().until(purge::isDone);
        }
        assertThat(executions()).hasSize(2);
        assertThat(FIXTURE.count("SELECT count(*) FROM pg_class WHERE relname ~ '_kept_' AND relkind = 'r'")).isZero();
    }

}
