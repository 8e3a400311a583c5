package store;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import replication.execution.state.ExecutionState;
import replication.execution.state.TaskState;
import replication.execution.task.TaskKey;
import store.execution.SummaryTable;

import static org.assertj.core.api.Assertions.assertThat;

/** How often an execution's tasks are counted. */
class SummaryPauseTest {

    private static final Fixture FIXTURE = new Fixture();

    private final SummaryTable summaries = new SummaryTable(FIXTURE.database, Duration.ofHours(1), Duration.ZERO);

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static void end(TaskKey key) {
        FIXTURE.tasks.finish(FIXTURE.claim(key).claim(), TaskState.SUCCEEDED, "", 0);
    }

    @Test
    void news_of_an_execution_that_goes_on_waits_for_the_sweep_and_its_end_does_not() {
        long id = FIXTURE.running("a", "b", "c");
        FIXTURE.tasks.dispatch();
        List<TaskKey> keys = FIXTURE.all(id).stream().map((task) -> task.key()).toList();
        this.summaries.refresh(List.of(id));
        end(keys.get(0));
        this.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).tasks().succeed()).isZero();
        this.summaries.sweep();
        assertThat(FIXTURE.execution(id).tasks().succeed()).isEqualTo(1);
        end(keys.get(1));
        end(keys.get(2));
        this.summaries.refresh(List.of(id));
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(FIXTURE.execution(id).tasks().succeed()).isEqualTo(3);
    }

    @Test
    void of_the_nodes_one_sweeps() {
        long id = FIXTURE.running("a");
        FIXTURE.test.jdbc().sql("TRUNCATE duty").update();
        SummaryTable one = new SummaryTable(FIXTURE.database, Duration.ZERO, Duration.ofHours(1));
        SummaryTable other = new SummaryTable(FIXTURE.database, Duration.ZERO, Duration.ofHours(1));
        one.sweep();
        FIXTURE.tasks.dispatch();
        end(FIXTURE.key(id));
        other.sweep();
        one.sweep();
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.RUNNING);
        FIXTURE.test.jdbc().sql("UPDATE duty SET time = now() - interval '2 hours'").update();
        other.sweep();
        assertThat(FIXTURE.execution(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
    }

}
