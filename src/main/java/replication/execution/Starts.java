package replication.execution;

import replication.Refusal;
import replication.policy.Policies;
import replication.policy.Policy;

/** Starts executions. */
public final class Starts {

    private final Policies policies;

    private final Executions executions;

    public Starts(Policies policies, Executions executions) {
        this.policies = policies;
        this.executions = executions;
    }

    /** Starts a policy because somebody asked; returns as soon as that is durable. */
    public Execution manual(long policyId, String who) {
        Policy policy = this.policies.find(policyId)
            .orElseThrow(() -> new Refusal.Invalid("policy_id", "there is no policy " + policyId));
        if (!policy.enabled()) {
            throw new Refusal.Conflict("policy " + policy.name() + " is disabled");
        }
        return this.executions.start(policy, "manual", who);
    }

}
