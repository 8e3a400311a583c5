package replication.execution;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import replication.execution.state.ExecutionState;

/**
 * Selects executions; a null component selects all.
 *
 * @param since started at that time or later
 * @param until started before that time
 */
public record ExecutionQuery(@Nullable Long policyId, @Nullable ExecutionState state, @Nullable String trigger,
        @Nullable Instant since, @Nullable Instant until) {

    public static final ExecutionQuery ALL = new ExecutionQuery(null, null, null, null, null);

}
