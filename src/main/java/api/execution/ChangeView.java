package api.execution;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.ExecutionChange;

/**
 * A change of an execution or a task by a user or the service.
 *
 * @param taskId null for the whole execution
 * @param status the status since the change
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChangeView(Instant time, @Nullable Long taskId, String who, String status, String why) {

    static ChangeView of(ExecutionChange change) {
        return new ChangeView(change.time(), change.task(), change.who(), change.state(), change.why());
    }

}
