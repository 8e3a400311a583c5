package api.execution;

import java.util.ArrayList;
import java.util.List;

import api.Bounded;
import api.Parameters;
import api.Required;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.Refusal;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.flow.Reports;
import replication.execution.state.TaskState;
import replication.execution.task.TaskKey;

/**
 * A task's result, reported by its worker: the proposal's notification.
 *
 * @param attempt the reported attempt, which must be the current one
 * @param status succeeded, failed, stopped or skipped
 * @param unchanged the number of artifacts found equal
 * @param artifacts the other artifacts
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ReportRequest(@Nullable Long taskId, @Nullable Integer attempt, @Nullable String status,
        @Nullable String statusText, @Nullable Integer unchanged, @Nullable List<@Nullable ArtifactReport> artifacts) {

    public Reports.Report read(long executionId) {
        if (this.attempt == null || this.attempt < 1) {
            throw new Refusal.Invalid("attempt", "attempt is missing; it counts from 1");
        }
        TaskState end = Parameters.oneOf("status", Required.text("status", this.status, Bounded.ACCOUNT),
                TaskState.class);
        if (end == null || !end.terminal()) {
            throw new Refusal.Invalid("status",
                    "a result's status is succeeded, failed, stopped or skipped, not \"" + this.status + "\"");
        }
        return new Reports.Report(new TaskKey(executionId, Required.id("task_id", this.taskId)), this.attempt, end,
                Bounded.text("status_text", this.statusText, Bounded.REASON),
                Parameters.within("unchanged", this.unchanged, 0, Integer.MAX_VALUE), outcomes());
    }

    private List<Outcome> outcomes() {
        List<Outcome> read = new ArrayList<>();
        for (@Nullable
        ArtifactReport artifact : Bounded.list("artifacts", this.artifacts, Bounded.ARTIFACTS)) {
            String field = "artifacts[" + read.size() + "]";
            if (artifact == null) {
                throw new Refusal.Invalid(field, "an artifact has a reference and a result");
            }
            read.add(artifact.read(field));
        }
        return read;
    }

    /**
     * The outcome of one artifact.
     *
     * @param reference its tag, or its digest if it refers to another artifact
     * @param role its role for that other artifact: signature, attestation, sbom or other
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ArtifactReport(@Nullable String reference, @Nullable String role, @Nullable String result,
            @Nullable String digest, @Nullable Long bytes, @Nullable String reason) {

        public Outcome read(String field) {
            Outcome.Result read = Parameters.oneOf(field + ".result",
                    Required.text(field + ".result", this.result, Bounded.ACCOUNT), Outcome.Result.class);
            if (read == null || read == Outcome.Result.UNCHANGED) {
                throw new Refusal.Invalid(field + ".result", "unchanged artifacts are a number, not a list");
            }
            if (this.bytes != null && this.bytes < 0) {
                throw new Refusal.Invalid(field + ".bytes", "bytes are at least 0");
            }
            return new Outcome(subject(field), read, Bounded.text(field + ".digest", this.digest, Bounded.REFERENCE),
                    (this.bytes != null) ? this.bytes : 0, Bounded.text(field + ".reason", this.reason, Bounded.REASON),
                    false);
        }

        private Subject subject(String field) {
            String text = Required.text(field + ".reference", this.reference, Bounded.REFERENCE);
            Subject.Role as = Parameters.oneOf(field + ".role", this.role, Subject.Role.class);
            if (as == null && !text.contains(":")) {
                return new Subject.Tag(text);
            }
            return new Subject.Referrer(text, (as != null) ? as : Subject.Role.OTHER);
        }

    }

}
