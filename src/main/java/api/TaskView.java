package api;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.Task;

/**
 * A task: the proposal's task log, and what is added to it.
 *
 * @param retryTime not before then it is tried again, while it is retrying
 * @param logDataPath where its log's text is
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TaskView(long id, String srcResource, String destResource, @Nullable Instant startTime,
        @Nullable Instant endTime, String status, String statusText, int attempt, @Nullable Instant retryTime,
        ExecutionView.ArtifactCounts artifacts, long bytes, String logDataPath) {

    static TaskView of(Task task) {
        return new TaskView(task.key().taskId(), task.source(), task.destination(), task.startTime(), task.endTime(),
                task.state().id(), task.statusText(), task.attempt(), task.retryTime(),
                ExecutionView.ArtifactCounts.of(task.artifacts()), task.artifacts().bytes(),
                ExecutionApi.PATH + "/" + task.key().executionId() + "/logs/" + task.key().taskId());
    }

}
