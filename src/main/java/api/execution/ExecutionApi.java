package api.execution;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
import api.Required;
import api.policy.PolicyRequest;
import replication.PageRequest;
import replication.Refusal;
import replication.execution.Control;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.Executions;
import replication.execution.flow.Starts;
import replication.execution.state.ExecutionState;
import replication.execution.task.Tasks;
import replication.policy.Policy;

/** {@code /api/replication/executions}. */
public final class ExecutionApi {

    static final String PATH = "/api/replication/executions";

    private static final String ONE_KICK = "one-kick";

    /** How many tasks the view of one execution includes. */
    private static final int FIRST_LOGS = 20;

    private final Starts starts;

    private final Executions executions;

    private final Tasks tasks;

    private final Control control;

    public ExecutionApi(Starts starts, Executions executions, Tasks tasks, Control control) {
        this.starts = starts;
        this.executions = executions;
        this.tasks = tasks;
        this.control = control;
    }

    public ApiAnswer start(ApiRequest request) {
        ExecutionRequest asked = request.json(ExecutionRequest.class);
        Policy once = asked.once();
        if (once != null) {
            return started(this.starts.once(
                    PolicyRequest.accept(once.name().isBlank() ? once.named(ONE_KICK) : once, 0, request.caller()),
                    request.caller(), asked.readMode()));
        }
        return started(
                this.starts.manual(Required.id("policy_id", asked.policyId()), request.caller(), asked.readMode()));
    }

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        ExecutionQuery wanted = new ExecutionQuery(Parameters.filterId("policy_id", query.text("policy_id")),
                Parameters.oneOf("status", query.text("status"), ExecutionState.class), query.text("trigger"),
                Parameters.time("since", query.text("since")), Parameters.time("until", query.text("until")));
        return ApiAnswer.list(this.executions.list(wanted, Parameters.page(query)), ExecutionView::of, Execution::id,
                PATH, query);
    }

    public ApiAnswer get(ApiRequest request) {
        Execution execution = find(request);
        PageRequest first = new PageRequest(0, FIRST_LOGS);
        return ApiAnswer.ok(ExecutionView.of(execution,
                this.tasks.list(new Tasks.TaskQuery(execution.id(), null, null), first)
                    .items()
                    .stream()
                    .map(TaskView::of)
                    .toList()));
    }

    public ApiAnswer operate(ApiRequest request) {
        OperationRequest asked = request.json(OperationRequest.class);
        if (asked.again()) {
            return started(this.starts.again(id(request), request.caller()));
        }
        this.control.operate(id(request), asked.read(), request.caller());
        return ApiAnswer.ok(ExecutionView.of(find(request)));
    }

    public ApiAnswer delete(ApiRequest request) {
        this.executions.delete(id(request));
        return ApiAnswer.noContent();
    }

    /** The changes of an execution and its tasks, in order, each with its author. */
    public ApiAnswer changes(ApiRequest request) {
        return ApiAnswer.ok(this.control.changes(find(request).id()).stream().map(ChangeView::of).toList());
    }

    /** The id of the request's execution. */
    public long id(ApiRequest request) {
        return request.id("id", "execution");
    }

    private static ApiAnswer started(Execution execution) {
        return ApiAnswer.created(PATH + "/" + execution.id(), ExecutionView.of(execution));
    }

    private Execution find(ApiRequest request) {
        long id = id(request);
        return this.executions.find(id).orElseThrow(() -> new Refusal.Missing("execution", id));
    }

}
