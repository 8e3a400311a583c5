package api.policy;

import java.time.Clock;

import api.ApiAnswer;
import api.ApiRequest;
import api.Parameters;
import api.Query;
import replication.Refusal;
import replication.policy.Policies;
import replication.policy.Policy;
import replication.policy.PolicyEditor;

/** {@code /api/replication/policies}. */
public final class PolicyApi {

    static final String PATH = "/api/replication/policies";

    private final Policies policies;

    private final PolicyEditor editor;

    private final Clock clock;

    public PolicyApi(Policies policies, PolicyEditor editor, Clock clock) {
        this.policies = policies;
        this.editor = editor;
        this.clock = clock;
    }

    private PolicyBody view(Policy policy) {
        return PolicyBody.of(policy, this.clock.instant());
    }

    public ApiAnswer list(ApiRequest request) {
        Query query = request.query();
        return ApiAnswer.list(this.policies.list(query.text("q"), Parameters.page(query)), this::view, Policy::id, PATH,
                query);
    }

    public ApiAnswer create(ApiRequest request) {
        Policy policy = this.editor.create(request.json(PolicyBody.class).toPolicy(0, request.caller()));
        return ApiAnswer.created(PATH + "/" + policy.id(), view(policy));
    }

    public ApiAnswer get(ApiRequest request) {
        long id = id(request);
        return ApiAnswer.ok(view(this.policies.find(id).orElseThrow(() -> new Refusal.Missing("policy", id))));
    }

    public ApiAnswer update(ApiRequest request) {
        Policy policy = request.json(PolicyBody.class).toPolicy(id(request), request.caller());
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
