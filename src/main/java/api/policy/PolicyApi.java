package api.policy;

import java.time.Clock;
import java.time.Instant;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
import api.RequestJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.Refusal;
import replication.policy.Policies;
import replication.policy.Policy;
import replication.policy.PolicyEditor;

/** {@code /api/replication/policies}. */
public final class PolicyApi {

    static final String PATH = "/api/replication/policies";

    private static final int NEXT_TIMES = 5;

    private final Policies policies;

    private final PolicyEditor editor;

    private final Clock clock;

    public PolicyApi(Policies policies, PolicyEditor editor, Clock clock) {
        this.policies = policies;
        this.editor = editor;
        this.clock = clock;
    }

    private JsonNode view(Policy policy) {
        return view(policy, this.clock.instant());
    }

    /** The policy's JSON; each trigger also has its next time. */
    static JsonNode view(Policy policy, Instant now) {
        ObjectNode json = (ObjectNode) RequestJson.tree(policy);
        for (int i = 0; i < policy.triggers().size(); i++) {
            if (json.at("/triggers/" + i + "/trigger_settings") instanceof ObjectNode settings) {
                settings.set("next_times",
                        RequestJson.tree(policy.triggers().get(i).byTheClock().orElseThrow().next(now, NEXT_TIMES)));
            }
        }
        return json;
    }

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        return ApiAnswer.list(this.policies.list(query.text("q"), Parameters.page(query)), this::view, Policy::id, PATH,
                query);
    }

    public ApiAnswer create(ApiRequest request) {
        Policy policy = this.editor.create(PolicyRequest.accept(request.json(Policy.class), 0, request.caller()));
        return ApiAnswer.created(PATH + "/" + policy.id(), view(policy));
    }

    public ApiAnswer get(ApiRequest request) {
        long id = id(request);
        return ApiAnswer.ok(view(this.policies.find(id).orElseThrow(() -> new Refusal.Missing("policy", id))));
    }

    public ApiAnswer update(ApiRequest request) {
        Policy policy = PolicyRequest.accept(request.json(Policy.class), id(request), request.caller());
        return ApiAnswer.ok(view(this.editor.update(policy)));
    }

    public ApiAnswer delete(ApiRequest request) {
        this.policies.delete(id(request));
        return ApiAnswer.noContent();
    }

    private static long id(ApiRequest request) {
        return request.id("id", "policy");
    }

}
