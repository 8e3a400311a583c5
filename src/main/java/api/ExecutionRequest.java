package api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Asks for a policy to be executed. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ExecutionRequest(@Nullable Long policyId) {
}
