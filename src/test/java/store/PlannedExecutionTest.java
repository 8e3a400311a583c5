package store;

import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.PageRequest;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.flow.Reports;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Outcomes;
import replication.policy.Overlap;
import replication.policy.Policy;
import store.policy.PolicyJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A plan has rows as other executions have, and none of their consequences. */
class PlannedExecutionTest {

    private static final Caller ANN = new Caller("ann");

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private static final Fixture FIXTURE = new Fixture();

    private final Policy policy = skipping(FIXTURE.policy());

    @BeforeEach
    void clear() {
        FIXTURE.clear();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Policy skipping(Policy policy) {
        return PolicyJson.read(PolicyJson.write(policy).replace("\"allow\"", "\"skip\""), Policy.class);
    }

    private Execution plan() {
        return FIXTURE.executions.start(this.policy, "manual", ANN, Mode.PLAN);
    }

    private ClaimedTask task(Execution execution) {
        FIXTURE.executions.beginDiscovery(execution.id());
        FIXTURE.tasks.add(execution.id(), List.of(Fixture.planned("app", "app")));
        FIXTURE.executions.endDiscovery(execution.id());
        FIXTURE.tasks.dispatch();
        return FIXTURE.claim(FIXTURE.key(execution.id()));
    }

    @Test
    void a_plan_neither_waits_nor_keeps_others_waiting() {
        Execution first = plan();
        Execution applied = FIXTURE.executions.start(this.policy, "manual", ANN, Mode.APPLY);
        Execution second = plan();

        assertThat(this.policy.scheduling().overlap()).isEqualTo(Overlap.SKIP);
        assertThatThrownBy(() -> FIXTURE.executions.start(this.policy, "manual", ANN, Mode.APPLY))
            .isInstanceOf(Refusal.Conflict.class)
            .hasMessageContaining("execution " + applied.id());
        assertThat(List.of(first, applied, second)).extracting(Execution::mode)
            .containsExactly(Mode.PLAN, Mode.APPLY, Mode.PLAN);
        assertThat(FIXTURE.count("SELECT count(*) FROM execution WHERE waiting")).isZero();
    }

    @Test
    void a_plan_and_a_copy_of_one_repository_run_side_by_side() {
        ClaimedTask planned = task(plan());
        ClaimedTask copied = task(FIXTURE.executions.start(this.policy, "manual", ANN, Mode.APPLY));

        assertThat(planned.destination()).isEqualTo(copied.destination());
        assertThat(planned.mode()).isEqualTo(Mode.PLAN);
        assertThat(copied.mode()).isEqualTo(Mode.APPLY);
    }

    @Test
    void what_would_be_done_is_counted_and_nothing_is_placed_or_told() {
        FIXTURE.test.jdbc()
            .sql("""
                    INSERT INTO subscription (name, events, type, recipients, enabled)
                    VALUES ('all', ARRAY['execution.started', 'execution.finished', 'policy.recovered'], 'email', '{}', true)
                    """)
            .update();
        Execution plan = plan();
        ClaimedTask task = task(plan);
        FIXTURE.outcomes.record(task, List.of(Outcome.wouldCopy(new Subject.Tag("v1"), DIGEST),
                Outcome.wouldCopy(new Subject.Tag("v2"), DIGEST), Outcome.wouldDelete(new Subject.Tag("v0"), DIGEST),
                Outcome.kept(new Subject.Tag("v3"), DIGEST, "it differs")));
        FIXTURE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 5);
        FIXTURE.summaries.refresh(List.of(plan.id()));

        Execution ended = FIXTURE.execution(plan.id());
        assertThat(ended.state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(ended.artifacts().copied()).isEqualTo(2);
        assertThat(ended.artifacts().deleted()).isOne();
        assertThat(ended.artifacts().kept()).isOne();
        assertThat(ended.artifacts().unchanged()).isEqualTo(5);
        assertThat(FIXTURE.count("SELECT count(*) FROM placement")).isZero();
        assertThat(FIXTURE.count("SELECT count(*) FROM delivery")).isZero();
        assertThat(FIXTURE.count("SELECT count(*) FROM policy_condition")).isZero();
        assertThat(FIXTURE.outcomes.list(new Outcomes.OutcomeQuery(task.claim().key(), "", null), PageRequest.MAX_SIZE)
            .items()).extracting(Outcome::result)
            .containsExactly(Outcome.Result.WOULD_DELETE, Outcome.Result.WOULD_COPY, Outcome.Result.WOULD_COPY,
                    Outcome.Result.KEPT);
        FIXTURE.test.jdbc().sql("DELETE FROM subscription").update();
    }

    @Test
    void what_an_attempt_before_would_have_done_does_not_count() {
        Execution plan = plan();
        ClaimedTask first = task(plan);
        FIXTURE.outcomes.record(first, List.of(Outcome.wouldCopy(new Subject.Tag("v1"), DIGEST)));
        ClaimedTask second = FIXTURE.claim(first.claim().key());
        FIXTURE.outcomes.record(second, List.of(Outcome.wouldCopy(new Subject.Tag("v2"), DIGEST)));
        FIXTURE.tasks.finish(second.claim(), TaskState.SUCCEEDED, "", 1);

        assertThat(FIXTURE.task(first.claim().key()).artifacts().copied()).isOne();
        assertThat(FIXTURE.task(first.claim().key()).artifacts().unchanged()).isOne();
    }

    @Test
    void a_result_that_is_not_of_the_mode_is_refused() {
        ClaimedTask task = task(plan());
        Claim claim = task.claim();
        Reports reports = new Reports(FIXTURE.tasks, FIXTURE.outcomes);

        assertThatThrownBy(() -> reports.take(new Reports.Report(claim.key(), claim.attempt(), TaskState.SUCCEEDED, "",
                0, List.of(Outcome.copied(new Subject.Tag("v1"), DIGEST, 7)))))
            .hasMessage("v1 cannot be copied in an execution whose mode is plan");
        assertThat(EnumSet.allOf(Outcome.Result.class)).allMatch((it) -> it.of(Mode.PLAN) || it.of(Mode.APPLY));
    }

    /** It would copy for real. */
    @Test
    void a_node_of_the_version_before_cannot_read_a_plan() {
        long plan = plan().id();
        long applied = FIXTURE.executions.start(this.policy, "manual", ANN, Mode.APPLY).id();

        assertThat(FIXTURE.executions.snapshot(plan)).isEqualTo(FIXTURE.executions.snapshot(applied));
        // Without its name that version refuses to read a policy.
        assertThat(named(plan)).isFalse();
        assertThat(named(applied)).isTrue();
    }

    private static boolean named(long id) {
        return FIXTURE.test.jdbc()
            .sql("SELECT jsonb_exists(policy, 'name') FROM execution WHERE id = :id")
            .param("id", id)
            .query(Boolean.class)
            .single();
    }

}
