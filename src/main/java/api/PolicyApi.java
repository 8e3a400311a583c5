package api;

import java.time.Clock;

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

    public Answer list(ApiRequest request) {
        Query query = request.query();
        return Answer.list(this.policies.list(query.text("q"), Parameters.page(query)), this::view, Policy::id, PATH,
                query);
    }

    public Answer create(ApiRequest request) {
        Policy policy = this.editor.create(request.json(PolicyBody.class).toPolicy(0, request.who()));
        return Answer.created(PATH + "/" + policy.id(), view(policy));
    }

    public Answer get(ApiRequest request) {
        long id = id(request);
        return Answer.ok(view(this.policies.find(id).orElseThrow(() -> new Refusal.Missing("policy", id))));
    }

    public Answer update(ApiRequest request) {
        Policy policy = request.json(PolicyBody.class).toPolicy(id(request), request.who());
        return Answer.ok(view(this.editor.update(policy)));
    }

    public Answer delete(ApiRequest request) {
        this.policies.delete(id(request));
        return Answer.noContent();
    }

    private static long id(ApiRequest request) {
        return request.id("id", "policy");
    }

}
