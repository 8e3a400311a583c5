package replication.execution.flow;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import fixtures.CountingCopy;
import fixtures.MemoryLogs;
import fixtures.MemoryOutcomes;
import fixtures.Samples;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import replication.ResourceType;
import replication.execution.copy.Moved;
import replication.execution.state.Mode;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Counts;
import replication.execution.task.Progress;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskProgress;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of running tasks, and how often. */
class ProgressReportTest {

    private final AtomicLong now = new AtomicLong();

    private final List<List<TaskProgress>> written = new ArrayList<>();

    private boolean writable = true;

    private Moved moved = new Moved(0, 0, null);

    private final ProgressReport report = new ProgressReport((tasks) -> {
        this.written.add(tasks);
        return this.writable;
    }, this.now::get);

    private TransferRun run(long taskId) {
        ClaimedTask task = new ClaimedTask(new Claim(new TaskKey(1, taskId), "node", 1), ResourceType.IMAGE, "lib/app",
                2, "lib/app", Samples.policy(), Mode.APPLY, Set.of(), Set.of(), 0);
        TransferRun run = new TransferRun(new CountingCopy(1) {
            @Override
            public Moved moved() {
                return ProgressReportTest.this.moved;
            }
        }, new TaskJournal(task, new MemoryOutcomes(), new MemoryLogs(), Clock.systemUTC()), new StopSignal(), 1);
        this.report.enter(run);
        return run;
    }

    private void second(Moved then) {
        this.moved = then;
        this.now.addAndGet(Duration.ofSeconds(1).toNanos());
        this.report.write();
    }

    @Test
    void all_tasks_go_together_and_one_that_has_not_moved_is_left_out() {
        this.report.write();
        assertThat(this.written).isEmpty();
        TransferRun one = run(1);
        run(2);
        this.report.write();
        assertThat(this.written.getLast()).hasSize(2);
        second(this.moved);
        assertThat(this.written).hasSize(1);
        assertThat(one.hasNext()).isTrue();
        one.next().copy().counted();
        second(this.moved);
        assertThat(this.written.getLast()).singleElement()
            .extracting((told) -> told.progress().artifacts())
            .isEqualTo(new Counts(1, 0, 0, 0, 0, 1));
        this.report.leave(one);
        second(new Moved(5, 5, null));
        assertThat(this.written.getLast()).singleElement()
            .extracting((told) -> told.claim().key().taskId())
            .isEqualTo(2L);
    }

    @Test
    void the_rate_is_that_of_the_last_ten_seconds_and_the_rest_is_told_once_all_is_listed() {
        TransferRun run = run(1);
        second(new Moved(0, 0, 9000L));
        for (long i = 1; i <= 5; i++) {
            second(new Moved(i * 1000, i * 1000, 9000L - i * 1000));
        }
        assertThat(last()).isEqualTo(new Progress(new Counts(0, 0, 0, 0, 0, 5000), 1000, null));
        assertThat(run.hasNext()).isTrue();
        run.next().copy().counted();
        assertThat(run.hasNext()).isFalse();
        second(new Moved(6000, 6000, 3000L));
        assertThat(last().remaining()).isEqualTo(3000);
        assertThat(Progress.eta(last().rate(), last().remaining())).isEqualTo(3);
        for (int i = 0; i < 15; i++) {
            second(new Moved(6000, 6000, 3000L));
        }
        assertThat(last().rate()).isZero();
        assertThat(Progress.eta(last().rate(), last().remaining())).isNull();
    }

    @Test
    void what_was_not_written_is_told_again() {
        run(1);
        this.writable = false;
        this.report.write();
        this.report.write();
        assertThat(this.written).hasSize(2);
    }

    private Progress last() {
        return this.written.getLast().getFirst().progress();
    }

}
