package api;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.Executions;
import replication.execution.Task;
import replication.execution.TaskKey;
import replication.execution.TaskLogs;
import replication.execution.TaskState;
import replication.execution.Tasks;

/** {@code /api/replication/executions/{id}/logs}. */
public final class TaskApi {

    private final Executions executions;

    private final Tasks tasks;

    private final TaskLogs logs;

    public TaskApi(Executions executions, Tasks tasks, TaskLogs logs) {
        this.executions = executions;
        this.tasks = tasks;
        this.logs = logs;
    }

    public Answer list(String id, @Nullable String status, @Nullable String after, @Nullable String pageSize) {
        long executionId = Parameters.id("execution", id);
        if (this.executions.find(executionId).isEmpty()) {
            throw new Refusal.Missing("execution", executionId);
        }
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("status", status);
        parameters.put("page_size", pageSize);
        return Answer.list(
                this.tasks.list(executionId, Parameters.oneOf("status", status, TaskState.class),
                        Parameters.page(after, pageSize)),
                TaskView::of, (task) -> task.key().taskId(), ExecutionApi.PATH + "/" + id + "/logs", parameters);
    }

    /** A task's log as text, a line each with its time. */
    public Answer log(String id, String taskId) {
        TaskKey key = new TaskKey(Parameters.id("execution", id), Parameters.id("task", taskId));
        Task task = this.tasks.find(key).orElseThrow(() -> new Refusal.Missing("task", taskId));
        try (Stream<TaskLogs.Line> lines = this.logs.read(task.key())) {
            return Answer
                .text(lines.map((line) -> line.time() + " " + line.text() + "\n").collect(Collectors.joining()));
        }
    }

}
