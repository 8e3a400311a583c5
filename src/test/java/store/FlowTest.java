package store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import oci.model.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.ExecutionState;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Task;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.Tasks;
import store.execution.ExecutionStop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** From the start of an execution to its end, with several nodes at once. */
class FlowTest {

    private static final Fixture FIXTURE = new Fixture();

    @BeforeEach
    void clear() {
        FIXTURE.clear();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static String[] sources(int number) {
        return IntStream.range(0, number).mapToObj("app-%04d"::formatted).toArray(String[]::new);
    }

    private static long in(long execution, TaskState state) {
        return FIXTURE.tasks.list(new Tasks.TaskQuery(execution, state, null), new PageRequest(0, 500)).items().size();
    }

    private static void finish(ClaimedTask task, TaskState end) {
        FIXTURE.tasks.finish(task.claim(), end, "", 0);
    }

    @Test
    void a_hint_is_kept_apart_and_goes_when_it_is_tried_again() {
        ClaimedTask task = FIXTURE.claimed();
        long id = task.claim().key().executionId();
        FIXTURE.tasks.finish(task.claim(),
                new TaskEnd(TaskState.FAILED, new Reason("push: 403 DENIED", "the credential may lack push"), 0));
        FIXTURE.summaries.refresh(List.of(id));

        assertThat(FIXTURE.task(task.claim().key()).hint()).isEqualTo("the credential may lack push");
        assertThat(FIXTURE.execution(id).statusText()).isEqualTo("1 of 1 failed, first app: push: 403 DENIED");
        assertThat(FIXTURE.execution(id).hint()).isEqualTo("the credential may lack push");

        FIXTURE.control.operate(id, Operation.RETRY, new Caller("ann"));
        assertThat(FIXTURE.task(task.claim().key()).hint()).isEmpty();
        assertThat(FIXTURE.execution(id).hint()).isEmpty();

        long unlisted = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(unlisted);
        FIXTURE.executions.fail(unlisted, new Reason("check: 401", "the credential is wrong or missing"));
        assertThat(FIXTURE.execution(unlisted).statusText()).isEqualTo("check: 401");
        assertThat(FIXTURE.execution(unlisted).hint()).isEqualTo("the credential is wrong or missing");
    }

    @Test
    void a_start_writes_the_execution_and_a_job_that_is_due() {
        Execution execution = FIXTURE.start();
        assertThat(execution.state()).isEqualTo(ExecutionState.PENDING);
        assertThat(FIXTURE.count("""
                SELECT count(*) FROM scheduled_tasks
                WHERE task_name = 'discover' AND task_instance = '%d' AND execution_time <= now() AND NOT picked
                """.formatted(execution.id()))).isEqualTo(1);
    }

    @Test
    void discovery_goes_on_after_a_crash_and_not_after_its_end() {
        long id = FIXTURE.start().id();
        assertThat(FIXTURE.executions.beginDiscovery(id)).isTrue();
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a"), Fixture.planned("b")));
        assertThat(FIXTURE.executions.beginDiscovery(id)).isTrue();
        FIXTURE.tasks.add(id, List.of(Fixture.planned("b"), Fixture.planned("c"), Fixture.planned("c")));
        FIXTURE.executions.endDiscovery(id);
        assertThat(FIXTURE.executions.beginDiscovery(id)).isFalse();
        FIXTURE.tasks.add(id, List.of(Fixture.planned("d")));
        assertThat(FIXTURE.all(id)).extracting(Task::source).containsExactly("a", "b", "c");
    }

    @Test
    void of_two_sources_with_one_destination_the_second_fails_and_names_the_first() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("x/app", "m/app"), Fixture.planned("y/app", "m/app")));
        FIXTURE.tasks.add(id, List.of(Fixture.planned("z/app", "m/app"), Fixture.planned("x/app", "m/app")));
        assertThat(FIXTURE.all(id)).extracting(Task::state)
            .containsExactly(TaskState.PENDING, TaskState.FAILED, TaskState.FAILED);
        assertThat(FIXTURE.all(id).get(2).statusText()).contains("m/app").contains("x/app");
    }

    @Test
    void dispatch_keeps_to_its_limit_whoever_runs_it_and_moves_nothing_twice() {
        long id = FIXTURE.running(sources(50));
        List<Integer> moved = Race.of(8, FIXTURE.tasks::dispatch);
        assertThat(moved.stream().mapToInt(Integer::intValue).sum()).isEqualTo(Fixture.LIMIT);
        assertThat(in(id, TaskState.QUEUED)).isEqualTo(Fixture.LIMIT);
        assertThat(FIXTURE.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'transfer'"))
            .isEqualTo(Fixture.LIMIT);
        assertThat(FIXTURE.tasks.dispatch()).isZero();
        finish(FIXTURE.claim(FIXTURE.key(id)), TaskState.SUCCEEDED);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
    }

    @Test
    void a_large_execution_starves_no_small_one() {
        long large = FIXTURE.running(sources(100));
        long small = FIXTURE.running(sources(3));
        FIXTURE.tasks.dispatch();
        assertThat(in(small, TaskState.QUEUED)).isEqualTo(3);
        assertThat(in(large, TaskState.QUEUED)).isEqualTo(Fixture.LIMIT - 3);
    }

    @Test
    void a_higher_priority_goes_first() {
        FIXTURE.running(sources(100));
        long urgent = FIXTURE.running(sources(20));
        FIXTURE.test.jdbc().sql("UPDATE execution SET priority = 5 WHERE id = :id").param("id", urgent).update();
        FIXTURE.tasks.dispatch();
        assertThat(in(urgent, TaskState.QUEUED)).isEqualTo(Fixture.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void a_dispatch_takes_no_more_than_the_queue_holds_and_reads_little_more(boolean analysed) {
        long id = FIXTURE.running();
        FIXTURE.test.jdbc().sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state)
                SELECT :id, 'image', 'app-' || n, 'app-' || n, 'pending' FROM generate_series(1, 200000) n
                """).param("id", id).update();
        if (analysed) {
            FIXTURE.test.jdbc().sql("ANALYZE").update();
        }
        long read = FIXTURE.database.inTransaction(() -> {
            long before = tasksRead();
            assertThat(FIXTURE.tasks.dispatch()).isEqualTo(Fixture.LIMIT);
            return tasksRead() - before;
        });
        assertThat(read).isBetween((long) Fixture.LIMIT, 10L * Fixture.LIMIT);
    }

    /** By this session. */
    private static long tasksRead() {
        return FIXTURE.database.sql("""
                SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
                WHERE relname LIKE 'task\\_%'
                """).query(Long.class).single();
    }

    @Test
    void each_claim_has_its_own_attempt_and_only_the_last_one_holds() {
        long id = FIXTURE.running("app");
        TaskKey key = FIXTURE.key(id);
        assertThat(FIXTURE.tasks.claim(key)).isEmpty();
        FIXTURE.tasks.dispatch();
        List<Optional<ClaimedTask>> claims = Race.of(6, () -> FIXTURE.tasks.claim(key));
        assertThat(claims).extracting((claim) -> claim.orElseThrow().claim().attempt())
            .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        assertThat(FIXTURE.tasks.toStop(claims.stream().map((claim) -> claim.orElseThrow().claim()).toList()))
            .extracting((claim) -> claim.attempt())
            .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        finish(claims.stream().map(Optional::orElseThrow).filter((c) -> c.claim().attempt() == 6).findFirst().get(),
                TaskState.SUCCEEDED);
        assertThat(FIXTURE.tasks.claim(key)).isEmpty();
    }

    @Test
    void a_task_that_a_node_hands_back_waits_and_is_claimed_with_the_next_attempt() {
        ClaimedTask task = FIXTURE.claimed();
        finish(task, TaskState.STOPPED);
        FIXTURE.jobsDone();
        assertThat(FIXTURE.task(task.claim().key()).state()).isEqualTo(TaskState.PENDING);
        FIXTURE.tasks.dispatch();
        assertThat(FIXTURE.otherNode.claim(task.claim().key()).orElseThrow().claim().attempt()).isEqualTo(2);
    }

    @Test
    void a_task_that_was_to_be_retried_and_is_to_stop_is_stopped() {
        ClaimedTask task = FIXTURE.claimed();
        long id = task.claim().key().executionId();
        FIXTURE.stop(id, "bob");
        finish(task, TaskState.RETRYING);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.task(task.claim().key()).state()).isEqualTo(TaskState.STOPPED);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
    }

    @Test
    void a_stop_ends_what_waits_and_asks_what_runs() {
        long id = FIXTURE.running(sources(20));
        FIXTURE.tasks.dispatch();
        ClaimedTask running = FIXTURE.claim(FIXTURE.key(id));
        FIXTURE.stop(id, "bob");
        FIXTURE.stop(id, "eve");
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPING);
        assertThat(in(id, TaskState.STOPPED)).isEqualTo(19);
        assertThat(FIXTURE.all(id).getLast().statusText()).isEqualTo("stopped by bob");
        assertThat(FIXTURE.tasks.toStop(List.of(running.claim()))).containsExactly(running.claim());
        assertThat(FIXTURE.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'transfer'")).isEqualTo(1);
        finish(running, TaskState.STOPPED);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
        assertThat(FIXTURE.execution(id).statusText()).isEqualTo("stopped by bob");
        assertThatThrownBy(() -> FIXTURE.stop(99_999, "bob")).isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void a_stop_before_anything_runs_ends_at_once() {
        long id = FIXTURE.start().id();
        FIXTURE.stop(id, "bob");
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
        assertThat(FIXTURE.executions.beginDiscovery(id)).isFalse();
    }

    @Test
    void a_stop_during_discovery_waits_for_its_end() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.test.jdbc().sql("UPDATE scheduled_tasks SET picked = true").update();
        FIXTURE.stop(id, "bob");
        FIXTURE.tasks.add(id, List.of(Fixture.planned("late")));
        assertThat(FIXTURE.all(id)).isEmpty();
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPING);
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
    }

    @Test
    void a_dead_node_s_task_of_a_stopped_execution_is_ended_by_the_next_claim() {
        ClaimedTask dead = FIXTURE.claimed();
        FIXTURE.stop(dead.claim().key().executionId(), "bob");
        assertThat(FIXTURE.otherNode.claim(dead.claim().key())).isEmpty();
        assertThat(FIXTURE.task(dead.claim().key()).state()).isEqualTo(TaskState.STOPPED);
    }

    @Test
    void stops_claims_and_dispatches_at_once_leave_nothing_open() {
        for (int round = 0; round < 10; round++) {
            long id = FIXTURE.running(sources(30));
            TaskKey first = FIXTURE.key(id);
            Race.of(6, () -> {
                FIXTURE.tasks.dispatch();
                FIXTURE.tasks.claim(first).ifPresent((task) -> {
                });
                FIXTURE.stop(id, "bob");
                FIXTURE.summaries.refresh(List.of(id));
                return true;
            });
            FIXTURE.tasks.claim(first);
            FIXTURE.summaries.refresh(List.of(id));
            assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
            assertThat(FIXTURE.count("SELECT count(*) FROM task WHERE state NOT IN ('stopped', 'succeeded')")).isZero();
        }
    }

    @Test
    void an_execution_ends_by_what_became_of_its_tasks() {
        assertThat(ended()).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.SUCCEEDED, "nothing matched");
        assertThat(ended(TaskState.SUCCEEDED, TaskState.SKIPPED).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(ended(TaskState.FAILED, TaskState.SUCCEEDED)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.PARTIAL, "1 of 2 failed, first app-0000: ");
        assertThat(ended(TaskState.FAILED).state()).isEqualTo(ExecutionState.FAILED);
    }

    private static Execution ended(TaskState... ends) {
        FIXTURE.clear();
        long id = FIXTURE.running(sources(ends.length));
        FIXTURE.tasks.dispatch();
        List<Task> tasks = FIXTURE.all(id);
        for (int index = 0; index < ends.length; index++) {
            finish(FIXTURE.claim(tasks.get(index).key()), ends[index]);
        }
        Race.of(4, () -> FIXTURE.summaries.refresh(List.of(id)));
        return FIXTURE.execution(id);
    }

    @Test
    void the_summary_counts_while_it_runs() {
        long id = FIXTURE.running(sources(3));
        FIXTURE.tasks.dispatch();
        finish(FIXTURE.claim(FIXTURE.key(id)), TaskState.SUCCEEDED);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).tasks()).isEqualTo(new Execution.TaskCounts(3, 0, 1, 2));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
    }

    @Test
    void a_failed_discovery_stops_what_waits_and_ends_when_nothing_runs() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.fail(id, new Reason("source: 401"));
        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.FAILED, "source: 401");
        FIXTURE.executions.fail(id, new Reason("again"));
        assertThat(FIXTURE.execution(id).statusText()).isEqualTo("source: 401");
    }

    @Test
    void a_failed_discovery_waits_for_tasks_that_run() {
        long id = FIXTURE.start().id();
        ClaimedTask running = listedAndClaimed(id);
        FIXTURE.executions.fail(id, new Reason("catalog: 500"));
        assertThat(FIXTURE.tasks.toStop(List.of(running.claim()))).hasSize(1);
        finish(running, TaskState.STOPPED);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.FAILED);
    }

    /** The first task of one that is still being listed. */
    private static ClaimedTask listedAndClaimed(long id) {
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a"), Fixture.planned("b")));
        FIXTURE.tasks.dispatch();
        return FIXTURE.claim(FIXTURE.key(id));
    }

    @Test
    void who_has_lost_its_listing_to_another_node_does_not_end_it() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.test.jdbc().sql("UPDATE scheduled_tasks SET picked = true, picked_by = 'node-b'").update();

        FIXTURE.executions.fail(id, new Reason("the token has expired: 401"));
        FIXTURE.executions.putOff(id, new Reason("connection reset"));

        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        assertThat(FIXTURE.execution(id).statusText()).isEmpty();
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.executions.fail(id, new Reason("late"));
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @Test
    void a_listing_that_is_put_off_says_why_and_comes_again_later_until_there_was_enough() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();

        assertThat(FIXTURE.executions.putOff(id, new Reason("ping b.example: 503"))).isTrue();
        FIXTURE.executions.ensureDiscovery(id);

        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.RUNNING, "the listing is tried again: ping b.example: 503");
        assertThat(secondsToListing()).isBetween(1L, 2L);
        putOffBefore("40 seconds");
        assertThat(FIXTURE.executions.putOff(id, new Reason("ping b.example: 503"))).isTrue();
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.executions.ensureDiscovery(id);
        assertThat(secondsToListing()).isBetween(18L, 20L);

        assertThat(FIXTURE.executions.beginDiscovery(id)).isTrue();
        putOffBefore("10 minutes");
        assertThat(FIXTURE.executions.putOff(id, new Reason("ping b.example: 503"))).isFalse();
        FIXTURE.executions.fail(id, new Reason("ping b.example: 503"));
        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.FAILED, "ping b.example: 503");

        FIXTURE.control.operate(id, Operation.RETRY, new Caller("ann"));
        FIXTURE.executions.beginDiscovery(id);
        assertThat(FIXTURE.executions.putOff(id, new Reason("ping b.example: 503"))).isTrue();
    }

    private static long secondsToListing() {
        return FIXTURE.count("""
                SELECT extract(epoch FROM execution_time - now())::bigint FROM scheduled_tasks
                WHERE task_name = 'discover'
                """);
    }

    private static void putOffBefore(String interval) {
        FIXTURE.test.jdbc().sql("UPDATE execution SET put_off_since = now() - interval '" + interval + "'").update();
    }

    @Test
    void a_listing_that_is_put_off_is_stopped_at_once() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.executions.putOff(id, new Reason("ping b.example: 503"));
        FIXTURE.stop(id, "bob");
        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.STOPPED, "stopped by bob");
        FIXTURE.executions.delete(id);
    }

    @Test
    void the_last_word_on_a_failed_listing_outlives_a_pause() {
        long id = FIXTURE.start().id();
        ClaimedTask running = listedAndClaimed(id);
        FIXTURE.executions.fail(id, new Reason("catalog: 403"));
        FIXTURE.control.operate(id, Operation.PAUSE, new Caller("ann"));
        finish(running, TaskState.STOPPED);
        FIXTURE.control.operate(id, Operation.RESUME, new Caller("ann"));
        assertThat(FIXTURE.execution(id)).extracting(Execution::state, Execution::statusText)
            .containsExactly(ExecutionState.FAILED, "catalog: 403");
    }

    @Test
    void nothing_is_retried_while_the_last_tasks_of_a_failed_listing_end() {
        long id = FIXTURE.start().id();
        ClaimedTask running = listedAndClaimed(id);
        ClaimedTask other = FIXTURE.claim(FIXTURE.all(id).getLast().key());
        FIXTURE.executions.fail(id, new Reason("catalog: 403"));
        finish(other, TaskState.STOPPED);
        assertThatThrownBy(() -> FIXTURE.control.operate(id, Operation.RETRY, new Caller("ann")))
            .isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("when its last tasks have ended");
        assertThatThrownBy(() -> FIXTURE.control.operate(other.claim().key(), Operation.RETRY, new Caller("ann")))
            .isInstanceOf(Refusal.Conflict.class);
        finish(running, TaskState.STOPPED);
        FIXTURE.summaries.refresh(List.of(id));
        FIXTURE.control.operate(id, Operation.RETRY, new Caller("ann"));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PENDING);
    }

    @Test
    void a_stop_reaches_what_runs_first_and_the_sweep_ends_what_was_tried_before() {
        long id = FIXTURE.running(sources(6));
        FIXTURE.tasks.dispatch();
        List<ClaimedTask> claimed = FIXTURE.all(id).stream().map((task) -> FIXTURE.claim(task.key())).toList();
        ClaimedTask running = claimed.getFirst();
        FIXTURE.outcomes.record(claimed.get(1), List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10)));
        claimed.subList(1, 6).forEach((task) -> finish(task, TaskState.RETRYING));

        new ExecutionStop(FIXTURE.database).replace(id, new Caller("bob"), id + 1);

        assertThat(FIXTURE.tasks.toStop(List.of(running.claim()))).containsExactly(running.claim());
        assertThat(in(id, TaskState.RETRYING)).isEqualTo(5);

        FIXTURE.summaries.sweep();

        assertThat(in(id, TaskState.STOPPED)).isEqualTo(5);
        assertThat(FIXTURE.task(claimed.get(1).claim().key()).artifacts().copied()).isEqualTo(1);
        finish(running, TaskState.STOPPED);
        FIXTURE.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
    }

    @Test
    void a_task_that_is_given_back_while_its_execution_is_stopped_is_ended_with_its_counts() {
        for (int round = 0; round < 20; round++) {
            ClaimedTask task = FIXTURE.claimed();
            long id = task.claim().key().executionId();
            FIXTURE.outcomes.announce(task.claim(), List.of(new Subject.Tag("0")));
            FIXTURE.outcomes.record(task, List.of(Outcome.failed(new Subject.Tag("1"), "", 3, "503")));
            AtomicInteger turn = new AtomicInteger();
            Race.of(2, () -> {
                if (turn.getAndIncrement() == 0) {
                    finish(task, TaskState.RETRYING);
                }
                else {
                    FIXTURE.stop(id, "bob");
                }
            });
            FIXTURE.summaries.refresh(List.of(id));
            assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
            assertThat(FIXTURE.task(task.claim().key()).artifacts().failed()).isEqualTo(1);
        }
    }

    @Test
    void a_task_whose_attempt_broke_off_is_ended_by_its_job_soon_after_a_stop() {
        ClaimedTask broken = FIXTURE.claimed();
        // The handler failed as the database was away, and comes again later.
        FIXTURE.test.jdbc().sql("UPDATE scheduled_tasks SET execution_time = now() + interval '5 minutes'").update();
        FIXTURE.stop(broken.claim().key().executionId(), "bob");
        assertThat(FIXTURE.count("""
                SELECT count(*) FROM scheduled_tasks WHERE task_name = 'transfer' AND execution_time <= now()
                """)).isEqualTo(1);
        FIXTURE.otherNode.claim(broken.claim().key());
        assertThat(FIXTURE.task(broken.claim().key()).state()).isEqualTo(TaskState.STOPPED);
    }

    @Test
    void what_has_lost_its_job_is_found_by_the_sweep() {
        ClaimedTask lost = FIXTURE.claimed();
        long waiting = FIXTURE.start().id();
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.task(lost.claim().key()).state()).isEqualTo(TaskState.RUNNING);
        FIXTURE.age();
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.task(lost.claim().key()).state()).isEqualTo(TaskState.PENDING);
        assertThat(FIXTURE.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'discover'")).isEqualTo(1);
        assertThat(FIXTURE.execution(waiting).state()).isEqualTo(ExecutionState.PENDING);
    }

    @Test
    void a_task_that_was_asked_to_stop_and_has_lost_its_job_is_stopped_by_the_sweep() {
        ClaimedTask lost = FIXTURE.claimed();
        FIXTURE.stop(lost.claim().key().executionId(), "bob");
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.age();
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.execution(lost.claim().key().executionId()).state()).isEqualTo(ExecutionState.STOPPED);
    }

}
