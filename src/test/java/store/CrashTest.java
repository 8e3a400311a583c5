package store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import oci.model.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.access.Caller;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Counts;
import replication.execution.task.LostClaim;
import replication.execution.task.Outcomes;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs.Line;
import replication.execution.task.TaskLogs.Lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is counted when a node dies in the middle, and what it may still write if it did
 * not.
 */
class CrashTest {

    private static final Fixture FIXTURE = new Fixture();

    private ClaimedTask first;

    private TaskKey key;

    CrashTest() {
        FIXTURE.clear();
        this.first = FIXTURE.claimed();
        this.key = this.first.claim().key();
    }

    @BeforeEach
    void theFirstAttemptCopiesOneAndDiesWithAnother() {
        FIXTURE.outcomes.announce(this.first.claim(), List.of(new Subject.Tag("1.0"), new Subject.Tag("1.1")));
        FIXTURE.outcomes.record(this.first, List.of(Outcome.copied(new Subject.Tag("1.0"), "sha256:a", 100)));
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void an_attempt_that_is_over_adds_nothing_to_the_log() {
        FIXTURE.logs.append(this.first.claim(), List.of(new Line(Instant.EPOCH, "first")));
        Claim second = FIXTURE.claim(this.key).claim();
        FIXTURE.logs.append(this.first.claim(), List.of(new Line(Instant.EPOCH, "late")));
        FIXTURE.logs.append(second, List.of(new Line(Instant.EPOCH, "second")));
        assertThat(FIXTURE.logs.page(this.key, new Lines(0, 10)).items()).extracting((stored) -> stored.line().text())
            .containsExactly("first", "second");
    }

    @Test
    void a_copy_that_was_announced_and_is_found_equal_is_counted_once_as_copied() {
        Claim second = FIXTURE.claim(this.key).claim();
        FIXTURE.tasks.finish(second, TaskState.SUCCEEDED, "", 5);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(2, 3, 0, 0, 0, 100));
        assertThat(FIXTURE.outcomes.list(new Outcomes.OutcomeQuery(this.key, "", null), 10).items())
            .extracting(Outcome::reference, Outcome::result)
            .containsExactly(org.assertj.core.groups.Tuple.tuple("1.0", Outcome.Result.COPIED),
                    org.assertj.core.groups.Tuple.tuple("1.1", Outcome.Result.COPIED));
        assertThat(FIXTURE.count("SELECT count(*) FROM placement WHERE execution_id = " + this.key.executionId()))
            .isEqualTo(2);
    }

    @Test
    void a_copy_that_did_not_happen_is_made_by_the_second_attempt_and_counted_once() {
        ClaimedTask second = FIXTURE.claim(this.key);
        FIXTURE.outcomes.announce(second.claim(), List.of(new Subject.Tag("1.1")));
        FIXTURE.outcomes.record(second, List.of(Outcome.copied(new Subject.Tag("1.1"), "sha256:b", 50)));
        FIXTURE.tasks.finish(second.claim(), TaskState.SUCCEEDED, "", 1);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 150));
    }

    @Test
    void what_is_announced_again_and_then_found_equal_was_copied_by_this_task() {
        ClaimedTask second = FIXTURE.claim(this.key);
        FIXTURE.outcomes.announce(second.claim(), List.of(new Subject.Tag("1.1"), new Subject.Tag("2.0")));
        FIXTURE.outcomes.record(second, List.of(Outcome.unchanged(new Subject.Tag("1.1"), "sha256:b"),
                Outcome.unchanged(new Subject.Tag("2.0"), "sha256:c")));
        FIXTURE.tasks.finish(second.claim(), TaskState.SUCCEEDED, "", 4);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(2, 4, 0, 0, 0, 100));
    }

    @Test
    void an_attempt_that_broke_off_claims_no_copy_that_nobody_has_seen() {
        Claim second = FIXTURE.claim(this.key).claim();
        FIXTURE.tasks.finish(second, TaskState.FAILED, "no tags", 0);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 100));
    }

    @Test
    void a_task_comes_back_no_earlier_than_the_registry_asks() {
        FIXTURE.tasks.finish(this.first.claim(),
                new TaskEnd(TaskState.RETRYING, new Reason("429"), 0, Duration.ofMinutes(20)));
        assertThat(FIXTURE
            .count("""
                    SELECT count(*) FROM task
                    WHERE state = 'retrying' AND retry_time BETWEEN now() + interval '20 minutes' AND now() + interval '22 minutes'
                    """))
            .isEqualTo(1);
    }

    @Test
    void failures_of_an_earlier_attempt_are_forgotten() {
        FIXTURE.outcomes.record(this.first, List.of(Outcome.failed(new Subject.Tag("1.1"), "", 7, "503")));
        FIXTURE.tasks.finish(this.first.claim(), TaskState.RETRYING, "503", 0);
        FIXTURE.retryNow();
        ClaimedTask second = FIXTURE.claim(this.key);
        FIXTURE.outcomes.record(second, List.of(Outcome.kept(new Subject.Tag("1.2"), "", "differs")));
        FIXTURE.tasks.finish(second.claim(), TaskState.SUCCEEDED, "", 2);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(1, 1, 1, 0, 0, 100));
    }

    @Test
    void what_is_still_open_when_its_own_attempt_succeeds_has_failed() {
        FIXTURE.tasks.finish(this.first.claim(), TaskState.SUCCEEDED, "", 0);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 100));
        assertThat(FIXTURE.outcomes.list(new Outcomes.OutcomeQuery(this.key, "1.0", null), 10).items())
            .containsExactly(Outcome.failed(new Subject.Tag("1.1"), "", 0, "not finished"));
    }

    @Test
    void what_is_still_open_when_its_own_attempt_is_stopped_is_forgotten() {
        FIXTURE.stop(this.key.executionId(), "ann");
        FIXTURE.tasks.finish(this.first.claim(), TaskState.STOPPED, "stopped by ann", 4);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(1, 4, 0, 0, 0, 100));
    }

    @Test
    void what_was_put_when_a_stop_cut_the_answer_off_is_counted_by_the_retry() {
        FIXTURE.stop(this.key.executionId(), "ann");
        FIXTURE.tasks.finish(this.first.claim(), TaskState.STOPPED, "stopped by ann", 4);
        FIXTURE.summaries.refresh(List.of(this.key.executionId()));
        FIXTURE.control.operate(this.key.executionId(), Operation.RETRY, new Caller("ann"));
        FIXTURE.retryNow();
        ClaimedTask second = FIXTURE.claim(this.key);
        FIXTURE.tasks.finish(second.claim(), TaskState.SUCCEEDED, "", 6);
        assertThat(FIXTURE.task(this.key).artifacts()).isEqualTo(new Counts(2, 4, 0, 0, 0, 100));
    }

    @Test
    void a_node_that_has_lost_its_task_writes_nothing() {
        ClaimedTask second = FIXTURE.otherNode.claim(this.key).orElseThrow();
        assertThatThrownBy(() -> FIXTURE.outcomes.announce(this.first.claim(), List.of(new Subject.Tag("9"))))
            .isInstanceOf(LostClaim.class);
        assertThatThrownBy(
                () -> FIXTURE.outcomes.record(this.first, List.of(Outcome.copied(new Subject.Tag("9"), "sha256:z", 9))))
            .isInstanceOf(LostClaim.class);
        assertThatThrownBy(() -> FIXTURE.tasks.finish(this.first.claim(), TaskState.FAILED, "late", 0))
            .isInstanceOf(LostClaim.class);
        assertThat(FIXTURE.count("SELECT count(*) FROM artifact_outcome")).isEqualTo(2);
        assertThat(FIXTURE.count("SELECT count(*) FROM placement WHERE tag = '9'")).isZero();
        assertThat(FIXTURE.task(this.key).state()).isEqualTo(TaskState.RUNNING);
        assertThat(FIXTURE.tasks.toStop(List.of(this.first.claim(), second.claim())))
            .containsExactly(this.first.claim());
    }

    @Test
    void a_second_claim_of_the_same_node_is_another_claim() {
        Claim second = FIXTURE.claim(this.key).claim();
        assertThat(second.attempt()).isEqualTo(2);
        assertThatThrownBy(() -> FIXTURE.tasks.finish(this.first.claim(), TaskState.SUCCEEDED, "", 0))
            .isInstanceOf(LostClaim.class);
    }

}
