package store.task;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.execution.Execution;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.state.TaskState;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Counts;
import replication.execution.task.Progress;
import replication.execution.task.Task;
import replication.execution.task.TaskProgress;
import store.Fixture;

import static org.assertj.core.api.Assertions.assertThat;

/** How far running tasks are, as others see it. */
class ProgressTableTest {

    private static final Fixture FIXTURE = new Fixture();

    private final ProgressTable table = new ProgressTable(FIXTURE.database);

    private long execution;

    private List<ClaimedTask> claimed = List.of();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @BeforeEach
    void twoTasksRun() {
        FIXTURE.clear();
        this.execution = FIXTURE.running("a", "b");
        FIXTURE.tasks.dispatch();
        this.claimed = FIXTURE.all(this.execution).stream().map((task) -> FIXTURE.claim(task.key())).toList();
    }

    private static TaskProgress progress(ClaimedTask task, long unchanged, long bytes, long rate,
            @Nullable Long remaining) {
        return new TaskProgress(task.claim(), new Progress(new Counts(0, unchanged, 1, 0, 0, bytes), rate, remaining));
    }

    private Task task(int number) {
        return FIXTURE.task(this.claimed.get(number).claim().key());
    }

    private Execution refreshed() {
        FIXTURE.summaries.sweep();
        return FIXTURE.execution(this.execution);
    }

    @Test
    void all_tasks_are_written_at_once_and_their_execution_adds_them_up() {
        assertThat(this.table.write(List.of(progress(this.claimed.get(0), 3, 1000, 100, 5000L),
                progress(this.claimed.get(1), 4, 500, 50, 100L))))
            .isTrue();

        assertThat(task(0).artifacts()).isEqualTo(new Counts(0, 3, 1, 0, 0, 1000));
        assertThat(task(0).progress()).isEqualTo(new Progress(new Counts(0, 3, 1, 0, 0, 1000), 100, 5000L));
        Execution execution = refreshed();
        assertThat(execution.artifacts().bytes()).isEqualTo(1500);
        assertThat(execution.artifacts().unchanged()).isEqualTo(7);
        assertThat(execution.rate()).isEqualTo(150);
        assertThat(execution.remaining()).isEqualTo(5100);
    }

    @Test
    void what_remains_is_not_known_where_one_of_the_tasks_does_not_know() {
        this.table.write(List.of(progress(this.claimed.get(0), 0, 0, 10, 5000L)));
        assertThat(refreshed().remaining()).isNull();
        this.table.write(List.of(progress(this.claimed.get(1), 0, 0, 10, null)));
        assertThat(refreshed().remaining()).isNull();
        assertThat(refreshed().rate()).isEqualTo(20);
    }

    @Test
    void what_remains_is_not_known_while_a_task_waits() {
        long waiting = FIXTURE.running("c", "d");
        FIXTURE.tasks.dispatch();
        ClaimedTask one = FIXTURE.claim(FIXTURE.key(waiting));
        this.table.write(List.of(progress(one, 0, 0, 10, 5000L)));
        assertThat(FIXTURE.execution(waiting).remaining()).isNull();
    }

    @Test
    void who_has_lost_a_task_writes_nothing() {
        ClaimedTask lost = this.claimed.get(0);
        ClaimedTask other = FIXTURE.otherNode.claim(lost.claim().key()).orElseThrow();
        assertThat(
                this.table.write(List.of(progress(lost, 9, 900, 90, 9L), progress(this.claimed.get(1), 1, 10, 1, 1L))))
            .isFalse();
        assertThat(task(0).artifacts()).isEqualTo(Counts.NONE);
        assertThat(task(0).progress()).isNull();
        assertThat(task(1).artifacts().bytes()).isEqualTo(10);
        assertThat(this.table.write(List.of(progress(other, 2, 20, 2, 2L)))).isTrue();
        assertThat(task(0).artifacts().bytes()).isEqualTo(20);
    }

    @Test
    void an_earlier_attempt_s_progress_means_nothing_and_its_bytes_count_on() {
        ClaimedTask first = this.claimed.get(0);
        FIXTURE.outcomes.announce(first.claim(), List.of(new Subject.Tag("v1")));
        FIXTURE.outcomes.record(first, List.of(Outcome.copied(new Subject.Tag("v1"), "sha256:a", 700)));
        this.table.write(List.of(progress(first, 9, 900, 90, 9L)));
        assertThat(task(0).artifacts()).isEqualTo(new Counts(1, 9, 1, 0, 0, 900));

        ClaimedTask second = FIXTURE.claim(first.claim().key());

        assertThat(second.bytes()).isEqualTo(700);
        assertThat(task(0).artifacts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 700));
        assertThat(refreshed().artifacts().bytes()).isEqualTo(700);
    }

    @Test
    void the_end_counts_what_the_rows_say_and_nothing_of_the_progress() {
        ClaimedTask task = this.claimed.get(0);
        FIXTURE.outcomes.announce(task.claim(), List.of(new Subject.Tag("v1")));
        FIXTURE.outcomes.record(task, List.of(Outcome.copied(new Subject.Tag("v1"), "sha256:a", 700)));
        this.table.write(List.of(progress(task, 9, 90_000, 90, 9L)));
        FIXTURE.tasks.finish(task.claim(), TaskState.SUCCEEDED, "", 2);
        FIXTURE.tasks.finish(this.claimed.get(1).claim(), TaskState.SUCCEEDED, "", 0);
        assertThat(task(0).artifacts()).isEqualTo(new Counts(1, 2, 0, 0, 0, 700));
        assertThat(task(0).progress()).isNull();
        Execution ended = refreshed();
        assertThat(ended.artifacts()).isEqualTo(new Counts(1, 2, 0, 0, 0, 700));
        assertThat(ended.rate()).isZero();
        assertThat(this.table.write(List.of(progress(task, 9, 90_000, 90, 9L)))).isFalse();
    }

    @Test
    void a_task_that_another_holds_at_this_moment_is_passed_over_and_not_waited_for() {
        FIXTURE.database.inTransaction(() -> {
            new Fence(FIXTURE.database).pass(this.claimed.get(0).claim());
            boolean all = java.util.concurrent.CompletableFuture
                .supplyAsync(() -> this.table.write(List.of(progress(this.claimed.get(0), 0, 5, 0, null),
                        progress(this.claimed.get(1), 0, 6, 0, null))))
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .join();
            assertThat(all).isFalse();
        });
        assertThat(task(0).artifacts().bytes()).isZero();
        assertThat(task(1).artifacts().bytes()).isEqualTo(6);
    }

    @Test
    void what_a_task_waits_for_is_its_status_text_until_it_goes_on() {
        String waits = "waits for a.example: 429, again at 12:00:03Z";
        ClaimedTask first = this.claimed.getFirst();
        Counts none = new Counts(0, 0, 0, 0, 0, 0);
        this.table.write(List.of(new TaskProgress(first.claim(), new Progress(none, 0, null, waits))));
        assertThat(task(0).statusText()).isEqualTo(waits);
        assertThat(task(1).statusText()).isEmpty();
        this.table.write(List.of(new TaskProgress(first.claim(), new Progress(none, 1, null))));
        assertThat(task(0).statusText()).isEmpty();

        this.table.write(List.of(new TaskProgress(first.claim(), new Progress(none, 0, null, waits))));
        FIXTURE.tasks.finish(first.claim(), TaskState.FAILED, "no such repository", 0);
        assertThat(task(0).statusText()).isEqualTo("no such repository");
    }

}
