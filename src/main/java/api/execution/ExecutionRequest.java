package api.execution;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.policy.Policy;

/**
 * Asks for a policy to be executed.
 *
 * @param policy a whole policy instead of an id: it runs once and is in no list
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ExecutionRequest(@Nullable Long policyId, @Nullable Policy policy) {

    /** The whole policy to run once, where that is what is asked for. */
    @Nullable Policy once() {
        if (this.policy != null && this.policyId != null) {
            throw new Refusal.Invalid("policy", "either policy_id or a whole policy, not both");
        }
        return this.policy;
    }

}
