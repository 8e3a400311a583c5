package replication.execution.state;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MovesTest {

    @Test
    void the_whole_table_of_executions() {
        assertThat(moves(ExecutionState.values())).containsExactly("PENDING -> RUNNING PAUSED STOPPING",
                "RUNNING -> PAUSED STOPPING SUCCEEDED PARTIAL FAILED", "PAUSED -> PENDING RUNNING STOPPING",
                "STOPPING -> STOPPED", "SUCCEEDED ->", "PARTIAL -> PENDING RUNNING", "FAILED -> PENDING RUNNING",
                "STOPPED -> PENDING RUNNING");
    }

    @Test
    void the_whole_table_of_tasks() {
        assertThat(moves(TaskState.values())).containsExactly("PENDING -> QUEUED PAUSED STOPPED",
                "QUEUED -> PENDING RUNNING PAUSED STOPPED",
                "RUNNING -> PENDING RUNNING RETRYING PAUSED SUCCEEDED FAILED STOPPED SKIPPED",
                "RETRYING -> QUEUED PAUSED STOPPED", "PAUSED -> PENDING STOPPED", "SUCCEEDED ->", "FAILED -> PENDING",
                "STOPPED -> PENDING", "SKIPPED ->");
    }

    private static List<String> moves(ExecutionState[] states) {
        return Stream.of(states)
            .map((from) -> line(from, Arrays.stream(states).filter((to) -> from.mayBecome(to))))
            .toList();
    }

    private static List<String> moves(TaskState[] states) {
        return Stream.of(states)
            .map((from) -> line(from, Arrays.stream(states).filter((to) -> from.mayBecome(to))))
            .toList();
    }

    private static String line(Enum<?> from, Stream<? extends Enum<?>> to) {
        return to.map(Enum::name).reduce(from + " ->", (line, state) -> line + " " + state);
    }

}
