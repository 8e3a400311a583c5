package api;

import java.time.Clock;
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

    private final Clock clock;

    public PolicyApi(Policies policies, PolicyEditor editor, Clock clock) {
        this.policies = policies;
        this.editor = editor;
        this.clock = clock;
    }

    private PolicyBody view(Policy policy) {
        return PolicyBody.of(policy, this.clock.instant());
    }

    public Answer list(@Nullable String q, @Nullable String after, @Nullable String pageSize) {
        Map<String, @Nullable String> parameters = new HashMap<>();
        parameters.put("q", q);
        parameters.put("page_size", pageSize);
        return Answer.list(this.policies.list(Parameters.text("q", q), Parameters.page(after, pageSize)), this::view,
                Policy::id, PATH, parameters);
    }

    public Answer create(@Nullable String body, String who) {
        Policy policy = this.editor.create(Json.read(body, PolicyBody.class).toPolicy(0, who));
        return Answer.created(PATH + "/" + policy.id(), view(policy));
    }

    public Answer get(String id) {
        long number = Parameters.id("policy", id);
        return Answer.ok(view(this.policies.find(number).orElseThrow(() -> new Refusal.Missing("policy", number))));
    }

    public Answer update(String id, @Nullable String body, String who) {
        Policy policy = Json.read(body, PolicyBody.class).toPolicy(Parameters.id("policy", id), who);
        return Answer.ok(view(this.editor.update(policy)));
    }

    public Answer delete(String id) {
        this.policies.delete(Parameters.id("policy", id));
        return Answer.noContent();
    }

}
