package api.execution;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.task.Progress;
import replication.execution.task.Task;

/**
 * A task: the proposal's task log and further fields.
 *
 * @param resourceType such as {@code image}
 * @param statusText why it ended; while it is running, what it waits for
 * @param hint advice on statusText; empty if there is none
 * @param retryTime the earliest time of the next attempt, while it is retrying
 * @param artifacts also while it is running
 * @param bytes sent to the destination, also while it is running
 * @param rate the recent rate in bytes a second, while it is running
 * @param eta seconds that the rest takes at this rate, if the remainder is known
 * @param logDataPath the path of its log's text
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TaskView(long id, String resourceType, String srcResource, String destResource, @Nullable Instant startTime,
        @Nullable Instant endTime, String status, String statusText, String hint, int attempt,
        @Nullable Instant retryTime, ExecutionView.ArtifactCounts artifacts, long bytes, @Nullable Long rate,
        @Nullable Long eta, String logDataPath) {

    static TaskView of(Task task) {
        Progress progress = task.progress();
        return new TaskView(task.key().taskId(), task.resource().id(), task.source(), task.destination(),
                task.startTime(), task.endTime(), task.state().id(), task.statusText(), task.hint(), task.attempt(),
                task.retryTime(), ExecutionView.ArtifactCounts.of(task.artifacts()), task.artifacts().bytes(),
                (progress != null) ? progress.rate() : null,
                (progress != null) ? Progress.eta(progress.rate(), progress.remaining()) : null,
                ExecutionApi.PATH + "/" + task.key().executionId() + "/logs/" + task.key().taskId());
    }

}
