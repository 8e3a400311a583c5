package api.execution;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.Execution;
import replication.execution.task.Counts;
import replication.execution.task.Progress;

/**
 * An execution: the proposal's fields and further ones.
 *
 * @param hint advice on statusText; empty if there is none
 * @param mode {@code apply}, or {@code plan}, whose artifacts say what would be done
 * @param total the number of tasks; {@code failed}, {@code succeed} and {@code
 * in_progress} add up to it
 * @param bytes sent to the destination, including those of running tasks
 * @param rate the recent rate of all running tasks together, in bytes a second
 * @param eta seconds that the rest takes at this rate, if the remainder is known
 * @param logs the first tasks, if one execution is requested
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ExecutionView(long id, long policyId, String policyName, String status, String statusText, String hint,
        String trigger, String startedBy, String mode, int priority, long total, long failed, long succeed,
        long inProgress, ArtifactCounts artifacts, long bytes, long rate, @Nullable Long eta, Instant startTime,
        @Nullable Instant endTime, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TaskView> logs) {

    static ExecutionView of(Execution execution) {
        return of(execution, null);
    }

    static ExecutionView of(Execution execution, @Nullable List<TaskView> logs) {
        return new ExecutionView(execution.id(), execution.policyId(), execution.policyName(), execution.state().id(),
                execution.statusText(), execution.hint(), execution.trigger(), execution.startedBy(),
                execution.mode().id(), execution.priority(), execution.tasks().total(), execution.tasks().failed(),
                execution.tasks().succeed(), execution.tasks().inProgress(), ArtifactCounts.of(execution.artifacts()),
                execution.artifacts().bytes(), execution.rate(), Progress.eta(execution.rate(), execution.remaining()),
                execution.startTime(), execution.endTime(), logs);
    }

    /** Artifacts by their outcome. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ArtifactCounts(long copied, long unchanged, long kept, long skipped, long failed, long deleted) {

        static ArtifactCounts of(Counts counts) {
            return new ArtifactCounts(counts.copied(), counts.unchanged(), counts.kept(), counts.skipped(),
                    counts.failed(), counts.deleted());
        }

    }

}
