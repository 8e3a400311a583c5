package api.execution;

import java.util.Objects;

import api.Bounded;
import api.Parameters;
import api.Required;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.state.Operation;

/**
 * A command for an execution or a task.
 *
 * @param operation stop, pause, resume or retry
 * @param rerun with retry: starts a new execution of the current policy instead of
 * repeating the failed tasks of this one
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record OperationRequest(@Nullable String operation, @Nullable Boolean rerun) {

    Operation read() {
        Operation read = Parameters.oneOf("operation", Required.text("operation", this.operation, Bounded.WORD),
                Operation.class);
        return Objects.requireNonNull(read);
    }

    boolean again() {
        if (!Boolean.TRUE.equals(this.rerun)) {
            return false;
        }
        if (read() != Operation.RETRY) {
            throw new Refusal.Invalid("rerun", "rerun is valid only with the operation retry");
        }
        return true;
    }

}
