package api;

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

    public Answer list(ApiRequest request) {
        Query query = request.query();
        long executionId = request.id("id", "execution");
        if (this.executions.find(executionId).isEmpty()) {
            throw new Refusal.Missing("execution", executionId);
        }
        return Answer.list(
                this.tasks.list(executionId, Parameters.oneOf("status", query.text("status"), TaskState.class),
                        Parameters.page(query)),
                TaskView::of, (task) -> task.key().taskId(), ExecutionApi.PATH + "/" + executionId + "/logs", query);
    }

    public Answer get(ApiRequest request) {
        return Answer.ok(TaskView.of(find(key(request))));
    }

    public Answer operate(ApiRequest request) {
        OperationRequest asked = request.json(OperationRequest.class);
        if (asked.again()) {
            throw new Refusal.Invalid("rerun", "only a whole execution can be run anew");
        }
        TaskKey key = key(request);
        this.control.operate(key, asked.read(), request.who());
        return Answer.ok(TaskView.of(find(key)));
    }

    /** Takes a task's result. */
    public Answer report(ApiRequest request) {
        ReportRequest report = request.json(ReportRequest.class);
        return Answer.ok(TaskView.of(this.reports.take(report.read(request.id("id", "execution")))));
    }

    private static TaskKey key(ApiRequest request) {
        return new TaskKey(request.id("id", "execution"), request.id("task", "task"));
    }

    private Task find(TaskKey key) {
        return this.tasks.find(key).orElseThrow(() -> new Refusal.Missing("task", key.taskId()));
    }

    /** A page of a task's log as text, a line each with its time. */
    public Answer log(ApiRequest request) {
        TaskKey key = find(key(request)).key();
        return Answer.text(this.logs.page(key, Parameters.lines(request.query())),
                (line) -> line.line().time() + " " + line.line().text(), TaskLogs.StoredLine::id,
                ExecutionApi.PATH + "/" + key.executionId() + "/logs/" + key.taskId(), request.query());
    }

}
