package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.PageRequest;
import replication.Refusal;
import replication.execution.Control;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.ExecutionState;
import replication.execution.Executions;
import replication.execution.Starts;
import replication.execution.Tasks;

/** {@code /api/replication/executions}. */
public final class ExecutionApi {

    static final String PATH = "/api/replication/executions";

    private static final String ONE_KICK = "one-kick";

    /** How many tasks an execution shows with itself. */
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

    public Answer start(@Nullable String body, String who) {
        ExecutionRequest request = Json.read(body, ExecutionRequest.class);
        PolicyBody once = request.once();
        if (once != null) {
            return started(this.starts.once(once.named(ONE_KICK).toPolicy(0, who), who));
        }
        return started(this.starts.manual(Required.id("policy_id", request.policyId()), who));
    }

    /** Lists executions; the parameters are those of the query, as they came. */
    public Answer list(@Nullable String policyId, @Nullable String status, @Nullable String trigger,
            @Nullable String since, @Nullable String until, @Nullable String after, @Nullable String pageSize) {
        ExecutionQuery query = new ExecutionQuery(Parameters.filterId("policy_id", policyId),
                Parameters.oneOf("status", status, ExecutionState.class), Parameters.text("trigger", trigger),
                Parameters.time("since", since), Parameters.time("until", until));
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("policy_id", policyId);
        parameters.put("status", status);
        parameters.put("trigger", trigger);
        parameters.put("since", since);
        parameters.put("until", until);
        parameters.put("page_size", pageSize);
        return Answer.list(this.executions.list(query, Parameters.page(after, pageSize)), ExecutionView::of,
                Execution::id, PATH, parameters);
    }

    public Answer get(String id) {
        Execution execution = find(id);
        PageRequest first = new PageRequest(0, FIRST_LOGS);
        return Answer.ok(ExecutionView.of(execution,
                this.tasks.list(execution.id(), null, first).items().stream().map(TaskView::of).toList()));
    }

    public Answer operate(String id, @Nullable String body, String who) {
        OperationRequest request = Json.read(body, OperationRequest.class);
        long executionId = Parameters.id("execution", id);
        if (request.again()) {
            return started(this.starts.again(executionId, who));
        }
        this.control.operate(executionId, request.read(), who);
        return Answer.ok(ExecutionView.of(find(id)));
    }

    public Answer delete(String id) {
        this.executions.delete(Parameters.id("execution", id));
        return Answer.noContent();
    }

    /** Who did what to it and its tasks, in order. */
    public Answer changes(String id) {
        return Answer.ok(this.control.changes(find(id).id()).stream().map(ChangeView::of).toList());
    }

    private static Answer started(Execution execution) {
        return Answer.created(PATH + "/" + execution.id(), ExecutionView.of(execution));
    }

    private Execution find(String id) {
        long number = Parameters.id("execution", id);
        return this.executions.find(number).orElseThrow(() -> new Refusal.Missing("execution", number));
    }

}
