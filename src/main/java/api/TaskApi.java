package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.Executions;
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

    /** A page of a task's log as text, a line each with its time. */
    public Answer log(String id, String taskId, @Nullable String after, @Nullable String pageSize) {
        TaskKey key = new TaskKey(Parameters.id("execution", id), Parameters.id("task", taskId));
        TaskLogs.Lines lines = Parameters.lines(after, pageSize);
        if (this.tasks.find(key).isEmpty()) {
            throw new Refusal.Missing("task", taskId);
        }
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("page_size", pageSize);
        return Answer.text(this.logs.page(key, lines), (line) -> line.line().time() + " " + line.line().text(),
                TaskLogs.StoredLine::id, ExecutionApi.PATH + "/" + id + "/logs/" + taskId, parameters);
    }

}
