package api.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.execution.copy.Outcome;

/**
 * The outcome of one artifact of a task.
 *
 * @param reference its tag, or its digest if it refers to another artifact
 * @param role its role for that other artifact: signature, attestation, sbom or other
 * @param digest if it is known
 * @param bytes sent to the destination for it
 * @param reason why it was kept or skipped, or why it failed
 * @param hint advice that probably helps, if there is any
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ArtifactView(String reference, @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String role, String result,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String digest, long bytes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable String hint) {

    static ArtifactView of(Outcome outcome) {
        return new ArtifactView(outcome.reference(), outcome.subject().role(), outcome.result().id(), outcome.digest(),
                outcome.bytes(), outcome.reason(), outcome.hint());
    }

}
