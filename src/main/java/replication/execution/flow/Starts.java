package replication.execution.flow;

import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.Executions;
import replication.execution.state.Mode;
import replication.policy.Policies;
import replication.policy.Policy;
import replication.policy.PolicyEditor;

/** Starts executions. */
public final class Starts {

    private final Policies policies;

    private final PolicyEditor editor;

    private final Executions executions;

    public Starts(Policies policies, PolicyEditor editor, Executions executions) {
        this.policies = policies;
        this.editor = editor;
        this.executions = executions;
    }

    /** Starts a policy by hand; returns as soon as that is durable. */
    public Execution manual(long policyId, Caller caller, Mode mode) {
        Policy policy = this.policies.find(policyId)
            .orElseThrow(() -> new Refusal.Invalid("policy_id", "there is no policy " + policyId));
        return start(policy, caller, mode);
    }

    /**
     * Starts the policy of an execution anew, as it stands now and in the same mode.
     * @throws Refusal.Missing where there is no such execution
     * @throws Refusal.Conflict where its policy has been deleted or disabled, or does not
     * let it overlap
     */
    public Execution again(long executionId, Caller caller) {
        Execution before = this.executions.find(executionId)
            .orElseThrow(() -> new Refusal.Missing("execution", executionId));
        return start(
                this.policies.find(before.policyId())
                    .orElseThrow(() -> new Refusal.Conflict(
                            "policy " + before.policyName() + " of execution " + executionId + " has been deleted")),
                caller, before.mode());
    }

    /**
     * Runs a policy once that is not kept; its triggers mean nothing.
     * @throws Refusal.Invalid where its registries could not do what it asks for
     */
    public Execution once(Policy policy, Caller caller, Mode mode) {
        this.editor.check(policy);
        return this.executions.once(policy.manual(), caller, mode);
    }

    private Execution start(Policy policy, Caller caller, Mode mode) {
        // A plan shows what a policy would do before it is enabled.
        if (mode == Mode.APPLY && !policy.enabled()) {
            throw new Refusal.Conflict("policy " + policy.name() + " is disabled");
        }
        return this.executions.start(policy, "manual", caller, mode);
    }

}
