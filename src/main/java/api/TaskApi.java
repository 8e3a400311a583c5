package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.Control;
import replication.execution.Executions;
import replication.execution.Reports;
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

    private final Control control;

    private final Reports reports;

    public TaskApi(Executions executions, Tasks tasks, TaskLogs logs, Control control, Reports reports) {
        this.executions = executions;
        this.tasks = tasks;
        this.logs = logs;
        this.control = control;
        this.reports = reports;
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

    public Answer get(String id, String taskId) {
        return Answer.ok(TaskView.of(find(key(id, taskId))));
    }

    public Answer operate(String id, String taskId, @Nullable String body, String who) {
        OperationRequest request = Json.read(body, OperationRequest.class);
        if (request.again()) {
            throw new Refusal.Invalid("rerun", "only a whole execution can be run anew");
        }
        TaskKey key = key(id, taskId);
        this.control.operate(key, request.read(), who);
        return Answer.ok(TaskView.of(find(key)));
    }

    /** Takes a task's result. */
    public Answer report(String id, @Nullable String body) {
        ReportRequest request = Json.read(body, ReportRequest.class);
        return Answer.ok(TaskView.of(this.reports.take(request.read(Parameters.id("execution", id)))));
    }

    private static TaskKey key(String id, String taskId) {
        return new TaskKey(Parameters.id("execution", id), Parameters.id("task", taskId));
    }

    private Task find(TaskKey key) {
        return this.tasks.find(key).orElseThrow(() -> new Refusal.Missing("task", key.taskId()));
    }

    /** A page of a task's log as text, a line each with its time. */
    public Answer log(String id, String taskId, @Nullable String after, @Nullable String pageSize) {
        TaskKey key = find(key(id, taskId)).key();
        TaskLogs.Lines lines = Parameters.lines(after, pageSize);
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("page_size", pageSize);
        return Answer.text(this.logs.page(key, lines), (line) -> line.line().time() + " " + line.line().text(),
                TaskLogs.StoredLine::id, ExecutionApi.PATH + "/" + id + "/logs/" + taskId, parameters);
    }

}
