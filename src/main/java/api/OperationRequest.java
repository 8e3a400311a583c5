package api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Asks something of an execution. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record OperationRequest(@Nullable String operation) {
}
