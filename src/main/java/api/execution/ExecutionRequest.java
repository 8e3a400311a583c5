package api.execution;

import api.Parameters;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.state.Mode;
import replication.policy.Policy;

/**
 * A request to execute a policy.
 *
 * @param policy a whole policy instead of an id: it runs once and is in no list
 * @param mode {@code plan} to find out what would be done; {@code apply} by default
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ExecutionRequest(@Nullable Long policyId, @Nullable Policy policy, @Nullable String mode) {

    Mode readMode() {
        Mode asked = Parameters.oneOf("mode", this.mode, Mode.class);
        return (asked != null) ? asked : Mode.APPLY;
    }

    /** The policy that runs once; null if an id is given. */
    @Nullable Policy once() {
        if (this.policy != null && this.policyId != null) {
            throw new Refusal.Invalid("policy", "either policy_id or a whole policy, not both");
        }
        return this.policy;
    }

}
