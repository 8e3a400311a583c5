package api;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.policy.Policies;
import replication.policy.Policy;
import replication.policy.PolicyEditor;

/** {@code /api/replication/policies}. */
public final class PolicyApi {

    static final String PATH = "/api/replication/policies";

    private final Policies policies;

    private final PolicyEditor editor;

    public PolicyApi(Policies policies, PolicyEditor editor) {
        this.policies = policies;
        this.editor = editor;
    }

    public Answer list(@Nullable String q, @Nullable String after, @Nullable String pageSize) {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("q", q);
        parameters.put("page_size", pageSize);
        return Answer.list(this.policies.list(Parameters.text("q", q), Parameters.page(after, pageSize)),
                PolicyBody::of, Policy::id, PATH, parameters);
    }

    public Answer create(@Nullable String body, String who) {
        Policy policy = this.editor.create(Json.read(body, PolicyBody.class).toPolicy(0, who));
        return Answer.created(PATH + "/" + policy.id(), PolicyBody.of(policy));
    }

    public Answer get(String id) {
        long number = Parameters.id("policy", id);
        return Answer
            .ok(PolicyBody.of(this.policies.find(number).orElseThrow(() -> new Refusal.Missing("policy", number))));
    }

    public Answer update(String id, @Nullable String body, String who) {
        Policy policy = Json.read(body, PolicyBody.class).toPolicy(Parameters.id("policy", id), who);
        return Answer.ok(PolicyBody.of(this.editor.update(policy)));
    }

    public Answer delete(String id) {
        this.policies.delete(Parameters.id("policy", id));
        return Answer.noContent();
    }

}
