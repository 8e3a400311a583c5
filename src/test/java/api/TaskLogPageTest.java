package api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import api.execution.TaskApi;
import fixtures.MemoryControl;
import fixtures.MemoryExecutions;
import fixtures.MemoryLogs;
import fixtures.MemoryOutcomes;
import fixtures.MemoryTasks;
import fixtures.Samples;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.flow.Reports;
import replication.execution.task.Claim;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs.Line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A log is answered by pages of lines. */
class TaskLogPageTest {

    private final MemoryLogs logs = new MemoryLogs();

    private final MemoryTasks tasks = new MemoryTasks(Samples.policy());

    private final TaskApi api = new TaskApi(new MemoryExecutions(), this.tasks, this.logs, new MemoryControl(),
            new Reports(this.tasks, new MemoryOutcomes()), new MemoryOutcomes());

    private void write(int lines) {
        this.logs.append(new Claim(new TaskKey(7, 9), "node", 1),
                IntStream.rangeClosed(1, lines).mapToObj((n) -> new Line(Instant.EPOCH, "line " + n)).toList());
    }

    private static ApiRequest page(String query) {
        return new ApiRequest(Map.of("id", "7", "task", "9"), Query.parse(query, Set.of("after", "page_size")),
                Map.of(), () -> new byte[0], Caller.NOBODY);
    }

    @Test
    void a_short_log_is_one_page_and_leads_nowhere() {
        write(2);
        ApiAnswer answer = this.api.log(page(""));
        assertThat(answer.body()).isEqualTo("1970-01-01T00:00:00Z line 1\n1970-01-01T00:00:00Z line 2\n");
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.link()).isNull();
    }

    @Test
    void a_long_log_leads_on_with_the_same_page_size() {
        write(5);
        assertThat(this.api.log(page("page_size=2")).link())
            .isEqualTo("</api/replication/executions/7/logs/9?page_size=2&after=2>; rel=\"next\"");
        assertThat(this.api.log(page("page_size=2&after=2")).body()).contains("line 3\n").contains("line 4\n");
        ApiAnswer last = this.api.log(page("page_size=2&after=4"));
        assertThat(last.body()).endsWith("line 5\n");
        assertThat(last.link()).isNull();
    }

    @Test
    void no_page_is_longer_than_a_thousand_lines() {
        write(1_001);
        ApiAnswer first = this.api.log(page("after=&page_size="));
        assertThat(first.body()).hasLineCount(1_000);
        assertThat(first.link()).contains("after=1000");
        for (String size : List.of("0", "-1", "1001", "many")) {
            assertThatThrownBy(() -> this.api.log(page("page_size=" + size))).isInstanceOf(Refusal.Invalid.class);
        }
    }

}
