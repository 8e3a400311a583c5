package store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import fixtures.PolicyBuilder;
import oci.model.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.ExecutionChange;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.flow.Reports;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Counts;
import replication.execution.task.Task;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import replication.policy.Overlap;
import replication.policy.Policy;
import replication.policy.Scheduling;
import replication.registry.Health;
import replication.registry.Registry;
import store.execution.ExecutionStart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** What operators ask of executions and tasks, and what policies decide of themselves. */
class ControlTest {

    private static final Fixture FIXTURE = new Fixture();

    @BeforeEach
    void clear() {
        FIXTURE.clear();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static void operate(long execution, Operation operation) {
        FIXTURE.control.operate(execution, operation, new Caller("bob"));
    }

    private static void operate(TaskKey task, Operation operation) {
        FIXTURE.control.operate(task, operation, new Caller("bob"));
    }

    private static void finish(ClaimedTask task, TaskState end) {
        FIXTURE.tasks.finish(task.claim(), end, end.id(), 0);
    }

    private static void refresh(long execution) {
        FIXTURE.summaries.refresh(List.of(execution));
    }

    private static TaskState state(TaskKey key) {
        return FIXTURE.task(key).state();
    }

    private static Policy policy(Scheduling scheduling) {
        Policy saved = FIXTURE.policy();
        return FIXTURE.policies.update(with(saved, scheduling));
    }

    private static Policy with(Policy policy, Scheduling scheduling) {
        return PolicyBuilder.of(policy).scheduling(scheduling).build();
    }

    private static Execution start(Policy policy) {
        return FIXTURE.executions.start(policy, "manual", new Caller("ann"), Mode.APPLY);
    }

    private static List<Long> jobs(String name) {
        return FIXTURE.test.jdbc()
            .sql("SELECT split_part(task_instance, '/', 1)::bigint FROM scheduled_tasks WHERE task_name = :name")
            .param("name", name)
            .query(Long.class)
            .list();
    }

    @Test
    void a_paused_execution_rests_wholly_and_goes_on_where_it_was() {
        long id = FIXTURE.running("a", "b", "c");
        FIXTURE.tasks.dispatch();
        ClaimedTask running = FIXTURE.claim(FIXTURE.key(id));

        operate(id, Operation.PAUSE);
        operate(id, Operation.PAUSE);

        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PAUSED);
        assertThat(FIXTURE.tasks.toStop(List.of(running.claim()))).containsExactly(running.claim());
        finish(running, TaskState.STOPPED);
        FIXTURE.jobsDone();
        assertThat(FIXTURE.all(id)).extracting(Task::state).containsOnly(TaskState.PENDING);
        assertThat(FIXTURE.tasks.dispatch()).isZero();
        assertThat(jobs("transfer")).isEmpty();

        operate(id, Operation.RESUME);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(3);
        FIXTURE.all(id).forEach((task) -> finish(FIXTURE.claim(task.key()), TaskState.SUCCEEDED));
        refresh(id);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(FIXTURE.control.changes(id)).extracting(ExecutionChange::state, ExecutionChange::who)
            .containsExactly(tuple("pending", "ann"), tuple("running", "drayage"), tuple("paused", "bob"),
                    tuple("running", "bob"), tuple("succeeded", "drayage"));
    }

    @Test
    void what_ends_during_the_pause_has_ended() {
        ClaimedTask task = FIXTURE.claimed();
        long id = task.claim().key().executionId();
        operate(id, Operation.PAUSE);
        finish(task, TaskState.SUCCEEDED);
        refresh(id);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PAUSED);
        operate(id, Operation.RESUME);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

    @Test
    void a_listing_that_a_pause_breaks_off_is_made_again() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a")));
        operate(id, Operation.PAUSE);
        assertThat(FIXTURE.executions.discovering(Set.of(id))).isEmpty();
        FIXTURE.tasks.add(id, List.of(Fixture.planned("b")));
        FIXTURE.executions.endDiscovery(id);
        assertThat(jobs("discover")).isEmpty();

        operate(id, Operation.RESUME);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PENDING);
        assertThat(jobs("discover")).containsExactly(id);
        assertThat(FIXTURE.executions.beginDiscovery(id)).isTrue();
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a"), Fixture.planned("b")));
        FIXTURE.executions.endDiscovery(id);
        assertThat(FIXTURE.all(id)).extracting(Task::source).containsExactly("a", "b");
    }

    @Test
    void a_dead_node_s_task_of_a_paused_execution_goes_back() {
        ClaimedTask task = FIXTURE.claimed();
        operate(task.claim().key().executionId(), Operation.PAUSE);
        assertThat(FIXTURE.otherNode.claim(task.claim().key())).isEmpty();
        assertThat(state(task.claim().key())).isEqualTo(TaskState.PENDING);
    }

    @Test
    void an_execution_that_has_ended_is_neither_paused_nor_resumed() {
        ClaimedTask task = FIXTURE.claimed();
        long id = task.claim().key().executionId();
        finish(task, TaskState.SUCCEEDED);
        refresh(id);
        assertThatThrownBy(() -> operate(id, Operation.PAUSE)).isInstanceOf(Refusal.Conflict.class)
            .hasMessage("execution " + id + " is succeeded and cannot be paused");
        assertThatThrownBy(() -> operate(id, Operation.RESUME)).isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> operate(id, Operation.RETRY)).isInstanceOf(Refusal.Conflict.class)
            .hasMessage("nothing of execution " + id + " has failed or was stopped");
        operate(id, Operation.STOP);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThatThrownBy(() -> operate(99_999, Operation.PAUSE)).isInstanceOf(Refusal.Missing.class);
        assertThatThrownBy(() -> operate(new TaskKey(id, 99_999), Operation.STOP)).isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void a_paused_execution_can_be_stopped() {
        long id = FIXTURE.running("a", "b");
        operate(id, Operation.PAUSE);
        operate(id, Operation.STOP);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.STOPPED);
        assertThat(FIXTURE.all(id)).extracting(Task::state).containsOnly(TaskState.STOPPED);
    }

    @Test
    void a_retry_does_what_failed_and_only_that() {
        long id = FIXTURE.running("a", "b");
        FIXTURE.tasks.dispatch();
        ClaimedTask good = FIXTURE.claim(FIXTURE.all(id).get(0).key());
        ClaimedTask bad = FIXTURE.claim(FIXTURE.all(id).get(1).key());
        FIXTURE.outcomes.record(good, List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10)));
        finish(good, TaskState.SUCCEEDED);
        FIXTURE.outcomes.record(bad, List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10),
                Outcome.failed(new Subject.Tag("2"), "sha256:2", 5, "refused")));
        finish(bad, TaskState.FAILED);
        refresh(id);
        FIXTURE.jobsDone();
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PARTIAL);

        operate(id, Operation.RETRY);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        assertThat(FIXTURE.execution(id).endTime()).isNull();
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
        ClaimedTask again = FIXTURE.claim(bad.claim().key());
        FIXTURE.outcomes.record(again, List.of(Outcome.copied(new Subject.Tag("2"), "sha256:2", 10)));
        FIXTURE.tasks.finish(again.claim(), TaskState.SUCCEEDED, "", 1);
        refresh(id);

        Execution ended = FIXTURE.execution(id);
        assertThat(ended.state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(ended.artifacts()).isEqualTo(new Counts(3, 0, 0, 0, 0, 30));
        assertThat(ended.statusText()).isEmpty();
    }

    @Test
    void a_retry_leaves_a_task_whose_destination_is_another_s() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a", "one"), Fixture.planned("b", "one")));
        FIXTURE.executions.endDiscovery(id);
        FIXTURE.tasks.dispatch();
        finish(FIXTURE.claim(FIXTURE.key(id)), TaskState.SUCCEEDED);
        refresh(id);
        assertThatThrownBy(() -> operate(id, Operation.RETRY)).isInstanceOf(Refusal.Conflict.class);
        TaskKey rival = FIXTURE.all(id).get(1).key();
        assertThatThrownBy(() -> operate(rival, Operation.RETRY)).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void a_retry_of_a_failed_listing_lists_again() {
        long id = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.executions.fail(id, new Reason("no such host"));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.FAILED);
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        operate(id, Operation.RETRY);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PENDING);
        assertThat(jobs("discover")).containsExactly(id);
        assertThat(FIXTURE.executions.beginDiscovery(id)).isTrue();
    }

    @Test
    void a_stopped_execution_can_be_taken_up_again() {
        long id = FIXTURE.running("a", "b");
        operate(id, Operation.STOP);
        operate(id, Operation.RETRY);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(2);
    }

    @Test
    void a_retry_does_not_overlap_either() {
        Policy policy = policy(Scheduling.DEFAULT);
        long first = start(policy).id();
        operate(first, Operation.STOP);
        long second = start(policy).id();
        assertThatThrownBy(() -> operate(first, Operation.RETRY)).isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("execution " + second + " of the same policy is running");
    }

    @Test
    void a_task_of_an_ended_execution_is_not_retried_where_that_would_overlap() {
        Policy policy = policy(Scheduling.DEFAULT);
        long first = running(policy);
        operate(first, Operation.STOP);
        long second = start(policy).id();
        assertThatThrownBy(() -> operate(FIXTURE.key(first), Operation.RETRY)).isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("execution " + second + " of the same policy is running");
        assertThat(FIXTURE.execution(first).state()).isEqualTo(ExecutionState.STOPPED);
        operate(second, Operation.STOP);
        operate(FIXTURE.key(first), Operation.RETRY);
        assertThat(FIXTURE.execution(first).state()).isEqualTo(ExecutionState.RUNNING);
    }

    @Test
    void a_task_is_not_retried_alone_where_the_listing_did_not_come_to_its_end() {
        long failed = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(failed);
        FIXTURE.tasks.add(failed, List.of(Fixture.planned("a")));
        long stopped = FIXTURE.start().id();
        FIXTURE.executions.beginDiscovery(stopped);
        FIXTURE.tasks.add(stopped, List.of(Fixture.planned("a")));
        FIXTURE.test.jdbc().sql("DELETE FROM scheduled_tasks").update();
        FIXTURE.executions.fail(failed, new Reason("catalog: 403"));
        operate(stopped, Operation.STOP);
        for (long id : List.of(failed, stopped)) {
            assertThatThrownBy(() -> operate(FIXTURE.key(id), Operation.RETRY)).isInstanceOf(Refusal.Conflict.class)
                .hasMessage("the listing of execution " + id + " is not complete: retry the execution");
            assertThat(FIXTURE.execution(id).state().terminal()).isTrue();
            operate(id, Operation.RETRY);
            assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.PENDING);
        }
    }

    @Test
    void a_passing_failure_waits_and_comes_again_until_there_were_enough() {
        ClaimedTask task = FIXTURE.claimed();
        TaskKey key = task.claim().key();
        Instant before = Instant.now();
        finish(task, TaskState.RETRYING);
        FIXTURE.jobsDone();
        Task waiting = FIXTURE.task(key);
        assertThat(waiting.state()).isEqualTo(TaskState.RETRYING);
        assertThat(waiting.retryTime()).isBetween(before.plus(Duration.ofSeconds(40)),
                before.plus(Duration.ofSeconds(80)));
        assertThat(FIXTURE.tasks.dispatch()).isZero();
        refresh(key.executionId());
        assertThat(FIXTURE.execution(key.executionId()).tasks().inProgress()).isEqualTo(1);

        for (int retry = 1; retry <= 2; retry++) {
            FIXTURE.test.jdbc().sql("UPDATE task SET retry_time = now() WHERE state = 'retrying'").update();
            assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
            finish(FIXTURE.claim(key), TaskState.RETRYING);
            FIXTURE.jobsDone();
        }
        assertThat(state(key)).isEqualTo(TaskState.FAILED);
        assertThat(FIXTURE.task(key).retryTime()).isNull();
    }

    @Test
    void the_sweep_leaves_what_is_retrying_alone() {
        ClaimedTask task = FIXTURE.claimed();
        finish(task, TaskState.RETRYING);
        FIXTURE.jobsDone();
        FIXTURE.age();
        FIXTURE.summaries.sweep();
        assertThat(state(task.claim().key())).isEqualTo(TaskState.RETRYING);
    }

    @Test
    void one_task_is_paused_resumed_retried_and_stopped() {
        long id = FIXTURE.running("a", "b");
        FIXTURE.tasks.dispatch();
        TaskKey first = FIXTURE.all(id).get(0).key();
        TaskKey second = FIXTURE.all(id).get(1).key();
        ClaimedTask running = FIXTURE.claim(first);

        operate(first, Operation.PAUSE);
        assertThat(FIXTURE.tasks.toStop(List.of(running.claim()))).hasSize(1);
        finish(running, TaskState.STOPPED);
        assertThat(state(first)).isEqualTo(TaskState.PAUSED);
        operate(second, Operation.PAUSE);
        assertThat(state(second)).isEqualTo(TaskState.PAUSED);
        assertThat(FIXTURE.tasks.claim(second)).isEmpty();
        FIXTURE.jobsDone();
        assertThat(FIXTURE.tasks.dispatch()).isZero();

        operate(first, Operation.RESUME);
        operate(second, Operation.STOP);
        assertThat(state(second)).isEqualTo(TaskState.STOPPED);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
        ClaimedTask again = FIXTURE.claim(first);
        operate(first, Operation.STOP);
        finish(again, TaskState.STOPPED);
        assertThat(state(first)).isEqualTo(TaskState.STOPPED);
        refresh(id);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.FAILED);

        operate(second, Operation.RETRY);
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        assertThat(state(second)).isEqualTo(TaskState.PENDING);
        assertThat(FIXTURE.control.changes(id)).filteredOn((change) -> change.task() != null)
            .extracting((change) -> change.task() + " " + change.why() + " " + change.state())
            .containsExactly(first.taskId() + " pause running", second.taskId() + " pause paused",
                    first.taskId() + " resume pending", second.taskId() + " stop stopped",
                    first.taskId() + " stop running", second.taskId() + " retry pending");
    }

    @Test
    void overlap_skip_refuses_a_second_one() {
        Policy policy = policy(Scheduling.DEFAULT);
        long first = start(policy).id();
        assertThatThrownBy(() -> start(policy)).isInstanceOf(Refusal.Conflict.class)
            .hasMessage("execution %d of policy %s is running, and the policy's overlap is skip".formatted(first,
                    policy.name()));
        operate(first, Operation.STOP);
        assertThat(start(policy).state()).isEqualTo(ExecutionState.PENDING);
    }

    @Test
    void overlap_queue_lets_one_wait_and_begin_after_the_other() {
        Policy policy = policy(new Scheduling(0, Overlap.QUEUE, 0));
        long first = start(policy).id();
        long second = start(policy).id();
        assertThatThrownBy(() -> start(policy)).isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("execution " + second);
        assertThat(jobs("discover")).containsExactly(first);
        assertThat(FIXTURE.executions.beginDiscovery(second)).isFalse();
        FIXTURE.age();
        FIXTURE.summaries.sweep();
        assertThat(jobs("discover")).containsExactly(first);

        operate(first, Operation.STOP);
        FIXTURE.summaries.sweep();
        assertThat(jobs("discover")).containsExactly(second);
        assertThat(FIXTURE.executions.beginDiscovery(second)).isTrue();
    }

    @Test
    void one_with_a_lower_id_waits_for_one_that_has_begun_before_it() {
        Policy policy = policy(new Scheduling(0, Overlap.QUEUE, 0));
        ExecutionStart starts = new ExecutionStart(FIXTURE.database, FIXTURE.partitions);
        long low = starts.newId();
        long high = starts.newId();
        FIXTURE.database.inTransaction(() -> starts.within(high, policy, "manual", new Caller("ann"), Mode.APPLY));
        FIXTURE.database.inTransaction(() -> starts.within(low, policy, "manual", new Caller("bob"), Mode.APPLY));

        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.executions.beginDiscovery(high)).isTrue();
        assertThat(FIXTURE.executions.beginDiscovery(low)).isFalse();

        operate(high, Operation.STOP);
        FIXTURE.jobsDone();
        FIXTURE.summaries.sweep();
        assertThat(FIXTURE.executions.beginDiscovery(low)).isTrue();
        assertThat(FIXTURE.control.changes(low)).extracting(ExecutionChange::why)
            .containsExactly("manual", "need not wait any more", "lists the source");
    }

    @Test
    void of_starts_at_the_same_moment_one_begins_and_one_waits() {
        for (int round = 0; round < 10; round++) {
            Policy policy = policy(new Scheduling(0, Overlap.QUEUE, 0));
            Race.of(4, () -> {
                try {
                    start(policy);
                }
                catch (Refusal.Conflict _) {
                    // One waits already.
                }
                FIXTURE.summaries.sweep();
            });
            FIXTURE.summaries.sweep();
            assertThat(FIXTURE.count("SELECT count(*) FROM execution WHERE policy_id = " + policy.id())).isEqualTo(2);
            assertThat(FIXTURE.count("SELECT count(*) FROM execution WHERE waiting AND policy_id = " + policy.id()))
                .isEqualTo(1);
        }
    }

    @Test
    void overlap_replace_stops_the_other_and_begins_after_it() {
        Policy policy = policy(new Scheduling(0, Overlap.REPLACE, 0));
        long first = start(policy).id();
        FIXTURE.executions.beginDiscovery(first);
        FIXTURE.tasks.add(first, List.of(Fixture.planned("a")));
        FIXTURE.executions.endDiscovery(first);
        FIXTURE.tasks.dispatch();
        ClaimedTask running = FIXTURE.claim(FIXTURE.key(first));

        long second = start(policy).id();
        assertThat(FIXTURE.execution(first).state()).isEqualTo(ExecutionState.STOPPING);
        assertThat(FIXTURE.execution(first).statusText()).isEqualTo("replaced by execution " + second + " of ann");
        assertThat(jobs("discover")).doesNotContain(second);
        long third = start(policy).id();
        assertThat(FIXTURE.execution(second).state()).isEqualTo(ExecutionState.STOPPED);

        finish(running, TaskState.STOPPED);
        refresh(first);
        assertThat(FIXTURE.execution(first).state()).isEqualTo(ExecutionState.STOPPED);
        assertThat(jobs("discover")).contains(third);
    }

    @Test
    void two_starts_at_the_same_moment_never_both_begin() throws Exception {
        for (int round = 0; round < 10; round++) {
            Policy policy = policy(Scheduling.DEFAULT);
            List<Boolean> begun = Race.of(4, () -> {
                try {
                    start(policy);
                    return true;
                }
                catch (Refusal.Conflict _) {
                    return false;
                }
            });
            assertThat(begun).containsOnlyOnce(true);
        }
    }

    @Test
    void a_new_priority_moves_what_waits_already() {
        Policy slow = FIXTURE.policy();
        long id = start(slow).id();
        FIXTURE.policies.update(with(slow, new Scheduling(7, Overlap.ALLOW, 0)));
        assertThat(FIXTURE.execution(id).priority()).isEqualTo(7);
        assertThat(FIXTURE.count("SELECT priority FROM scheduled_tasks WHERE task_instance = '" + id + "'"))
            .isEqualTo(7);
        assertThat(FIXTURE.control.changes(id).getLast()).extracting(ExecutionChange::state, ExecutionChange::why)
            .containsExactly("pending", "has priority 7, as its policy has now");
    }

    @Test
    void caps_of_policy_and_registry_hold_over_all_nodes() {
        Policy capped = FIXTURE.policies.update(with(FIXTURE.policy(), new Scheduling(0, Overlap.ALLOW, 2)));
        long id = start(capped).id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("a"), Fixture.planned("b"), Fixture.planned("c")));
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(2);
        assertThat(FIXTURE.otherNode.dispatch()).isZero();
        finish(FIXTURE.claim(FIXTURE.key(id)), TaskState.SUCCEEDED);
        assertThat(FIXTURE.otherNode.dispatch()).isEqualTo(1);
    }

    @Test
    void a_destination_repository_has_one_writer_over_all_executions() {
        Policy one = FIXTURE.policy();
        Policy other = FIXTURE.policies.insert(
                Fixture.policy(FIXTURE.newName("other"), one.source().registryId(), one.destination().registryId()));
        long first = running(one);
        long second = running(other);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
        finish(FIXTURE.claim(FIXTURE.key(first)), TaskState.SUCCEEDED);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
        assertThat(state(FIXTURE.key(second))).isEqualTo(TaskState.QUEUED);
    }

    private static long running(Policy policy) {
        long id = start(policy).id();
        FIXTURE.executions.beginDiscovery(id);
        FIXTURE.tasks.add(id, List.of(Fixture.planned("same")));
        FIXTURE.executions.endDiscovery(id);
        return id;
    }

    @Test
    void a_registry_s_cap_counts_reading_and_writing() {
        Policy there = FIXTURE.policy();
        Registry source = FIXTURE.registries.find(there.source().registryId()).orElseThrow().registry();
        FIXTURE.registries.update(
                new Registry(source.id(), source.name(), source.description(), source.type(), source.url(),
                        source.insecure(), source.credential(), source.caCertificate(), source.proxyUrl(), 1),
                Health.UNKNOWN);
        Policy back = FIXTURE.policies.insert(
                Fixture.policy(FIXTURE.newName("back"), there.destination().registryId(), there.source().registryId()));
        running(there);
        running(back);
        assertThat(FIXTURE.tasks.dispatch()).isEqualTo(1);
        assertThat(FIXTURE.tasks.dispatch()).isZero();
    }

    @Test
    void a_result_is_taken_once_and_from_the_current_attempt_only() {
        Reports reports = new Reports(FIXTURE.tasks, FIXTURE.outcomes);
        TaskKey key = FIXTURE.claimed().claim().key();
        FIXTURE.otherNode.claim(key);
        List<Outcome> outcomes = List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10));

        assertThatThrownBy(() -> reports.take(new Reports.Report(key, 1, TaskState.SUCCEEDED, "", 0, outcomes)))
            .isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("its current attempt is 2");
        Reports.Report report = new Reports.Report(key, 2, TaskState.SUCCEEDED, "", 3, outcomes);
        assertThat(reports.take(report).artifacts()).isEqualTo(new Counts(1, 3, 0, 0, 0, 10));
        assertThat(reports.take(report)).isEqualTo(FIXTURE.task(key));
        assertThatThrownBy(() -> reports.take(new Reports.Report(key, 2, TaskState.FAILED, "", 0, List.of())))
            .isInstanceOf(Refusal.Conflict.class);
        assertThat(state(key)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void a_result_that_is_told_twice_at_once_is_taken_once_and_refused_to_nobody() {
        Reports reports = new Reports(FIXTURE.tasks, FIXTURE.outcomes);
        for (int round = 0; round < 10; round++) {
            TaskKey key = FIXTURE.claimed().claim().key();
            Reports.Report report = new Reports.Report(key, 1, TaskState.SUCCEEDED, "", 3,
                    List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10)));
            assertThat(Race.of(4, () -> reports.take(report).artifacts())).containsOnly(new Counts(1, 3, 0, 0, 0, 10));
        }
    }

    @Test
    void an_execution_is_deleted_whole_when_it_has_ended() {
        ClaimedTask task = FIXTURE.claimed();
        long id = task.claim().key().executionId();
        FIXTURE.outcomes.record(task, List.of(Outcome.copied(new Subject.Tag("1"), "sha256:1", 10)));
        FIXTURE.logs.append(task.claim(), List.of(new TaskLogs.Line(Instant.now(), "a line")));
        assertThatThrownBy(() -> FIXTURE.executions.delete(id)).isInstanceOf(Refusal.Conflict.class)
            .hasMessage("execution " + id + " is running: stop it first");
        finish(task, TaskState.SUCCEEDED);
        refresh(id);

        FIXTURE.executions.delete(id);

        assertThat(FIXTURE.executions.find(id)).isEmpty();
        for (String table : List.of("task", "task_log", "artifact_outcome", "execution_change")) {
            assertThat(FIXTURE.count("SELECT count(*) FROM " + table)).as(table).isZero();
        }
        assertThat(FIXTURE.count("SELECT count(*) FROM placement WHERE tag = '1'")).isPositive();
        assertThatThrownBy(() -> FIXTURE.executions.delete(id)).isInstanceOf(Refusal.Missing.class);
    }

    @Test
    void a_policy_that_runs_once_is_in_no_list_and_goes_with_its_execution_s_end() {
        Policy saved = FIXTURE.policy();
        Policy once = Fixture.policy("once", saved.source().registryId(), saved.destination().registryId());
        Execution first = FIXTURE.executions.once(once, new Caller("ann"), Mode.APPLY);
        Execution second = FIXTURE.executions.once(once, new Caller("ann"), Mode.APPLY);
        assertThat(first.policyName()).isEqualTo("once #" + first.id());
        assertThat(FIXTURE.policies.list("once", new PageRequest(0, 10)).items()).isEmpty();
        assertThat(jobs("discover")).containsExactlyInAnyOrder(first.id(), second.id());

        operate(first.id(), Operation.STOP);
        FIXTURE.summaries.sweep();

        assertThat(FIXTURE.policies.find(first.policyId())).isEmpty();
        assertThat(FIXTURE.policies.find(second.policyId())).isPresent();
        operate(first.id(), Operation.RETRY);
        assertThat(FIXTURE.execution(first.id()).state()).isEqualTo(ExecutionState.PENDING);
    }

}
