package api.execution;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.ExecutionChange;

/**
 * What was done to an execution or a task.
 *
 * @param taskId null where it is the whole execution
 * @param status in which it has been since then
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChangeView(Instant time, @Nullable Long taskId, String who, String status, String why) {

    static ChangeView of(ExecutionChange change) {
        return new ChangeView(change.time(), change.task(), change.who(), change.state(), change.why());
    }

}
