package api.execution;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
import replication.Refusal;
import replication.execution.Control;
import replication.execution.Executions;
import replication.execution.copy.Outcome;
import replication.execution.flow.Reports;
import replication.execution.state.TaskState;
import replication.execution.task.Outcomes;
import replication.execution.task.Task;
import replication.execution.task.TaskKey;
import replication.execution.task.TaskLogs;
import replication.execution.task.Tasks;

/** {@code /api/replication/executions/{id}/logs}. */
public final class TaskApi {

    private final Executions executions;

    private final Tasks tasks;

    private final TaskLogs logs;

    private final Control control;

    private final Reports reports;

    private final Outcomes outcomes;

    public TaskApi(Executions executions, Tasks tasks, TaskLogs logs, Control control, Reports reports,
            Outcomes outcomes) {
        this.executions = executions;
        this.tasks = tasks;
        this.logs = logs;
        this.control = control;
        this.reports = reports;
        this.outcomes = outcomes;
    }

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        long executionId = request.id("id", "execution");
        if (this.executions.find(executionId).isEmpty()) {
            throw new Refusal.Missing("execution", executionId);
        }
        return ApiAnswer.list(
                this.tasks.list(new Tasks.TaskQuery(executionId,
                        Parameters.oneOf("status", query.text("status"), TaskState.class), Parameters.resource(query)),
                        Parameters.page(query)),
                TaskView::of, (task) -> task.key().taskId(), ExecutionApi.PATH + "/" + executionId + "/logs", query);
    }

    public ApiAnswer get(ApiRequest request) {
        return ApiAnswer.ok(TaskView.of(find(key(request))));
    }

    public ApiAnswer operate(ApiRequest request) {
        OperationRequest asked = request.json(OperationRequest.class);
        if (asked.again()) {
            throw new Refusal.Invalid("rerun", "only a whole execution can be started again");
        }
        TaskKey key = key(request);
        this.control.operate(key, asked.read(), request.caller());
        return ApiAnswer.ok(TaskView.of(find(key)));
    }

    /** Takes a task's result. */
    public ApiAnswer report(ApiRequest request) {
        ReportRequest report = request.json(ReportRequest.class);
        return ApiAnswer.ok(TaskView.of(this.reports.take(report.read(request.id("id", "execution")))));
    }

    private static TaskKey key(ApiRequest request) {
        return new TaskKey(request.id("id", "execution"), request.id("task", "task"));
    }

    private Task find(TaskKey key) {
        return this.tasks.find(key).orElseThrow(() -> new Refusal.Missing("task", key.taskId()));
    }

    /** A page of the outcomes of a task's artifacts, sorted by reference. */
    public ApiAnswer artifacts(ApiRequest request) {
        TaskKey key = find(key(request)).key();
        Query query = request.query();
        String after = query.text("after");
        Outcomes.OutcomeQuery wanted = new Outcomes.OutcomeQuery(key, (after != null) ? after : "",
                Parameters.oneOf("result", query.text("result"), Outcome.Result.class));
        return ApiAnswer.list(this.outcomes.list(wanted, Parameters.size(query)), ArtifactView::of, Outcome::reference,
                ExecutionApi.PATH + "/" + key.executionId() + "/tasks/" + key.taskId() + "/artifacts", query);
    }

    /** A page of a task's log as text; each line begins with its time. */
    public ApiAnswer log(ApiRequest request) {
        TaskKey key = find(key(request)).key();
        return ApiAnswer.text(this.logs.page(key, Parameters.lines(request.query())),
                (line) -> line.line().time() + " " + line.line().text(), TaskLogs.StoredLine::id,
                ExecutionApi.PATH + "/" + key.executionId() + "/logs/" + key.taskId(), request.query());
    }

}
