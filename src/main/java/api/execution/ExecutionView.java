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
 * An execution: the proposal's fields, and what is added to them.
 *
 * @param hint what likely helps with what statusText says; empty if that is not known
 * @param mode {@code apply}, or {@code plan}: then artifacts say what would be done
 * @param total tasks; {@code failed}, {@code succeed} and {@code in_progress} add up to
 * it
 * @param bytes sent to the destination, with those of running tasks
 * @param rate bytes a second of late, by all running tasks together
 * @param eta seconds that the rest takes at this rate, where it is known what remains
 * @param logs the first tasks, where one execution is asked for
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

    /** Artifacts by what became of them. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ArtifactCounts(long copied, long unchanged, long kept, long skipped, long failed, long deleted) {

        static ArtifactCounts of(Counts counts) {
            return new ArtifactCounts(counts.copied(), counts.unchanged(), counts.kept(), counts.skipped(),
                    counts.failed(), counts.deleted());
        }

    }

}
