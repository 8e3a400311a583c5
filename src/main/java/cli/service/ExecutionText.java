package cli.service;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import cli.shared.CommandFailed;
import cli.shared.ProgressLine;
import cli.shared.Shown;
import com.fasterxml.jackson.databind.JsonNode;
import oci.model.Reason;
import replication.execution.state.ExecutionState;
import transfer.pace.ByteSize;

/** Words for an execution as the service describes it. */
record ExecutionText(JsonNode execution) {

    private static final Set<String> ENDED = Arrays.stream(ExecutionState.values())
        .filter(ExecutionState::terminal)
        .map(ExecutionState::id)
        .collect(Collectors.toUnmodifiableSet());

    /** The pause between two queries of an execution. */
    static final Duration POLL_PAUSE = Duration.ofSeconds(1);

    static void pause() {
        try {
            Thread.sleep(POLL_PAUSE);
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    boolean ended() {
        return ENDED.contains(status());
    }

    boolean succeeded() {
        return status().equals(ExecutionState.SUCCEEDED.id());
    }

    String status() {
        return text("status");
    }

    String text(String field) {
        return this.execution.path(field).asText("");
    }

    private boolean plan() {
        return text("mode").equals("plan");
    }

    /** Such as {@code execution 12 of releases: succeeded, 3 of 3 repositories, …}. */
    String line() {
        JsonNode artifacts = this.execution.path("artifacts");
        long done = this.execution.path("succeed").asLong() + this.execution.path("failed").asLong();
        String why = text("status_text");
        return Shown.line(
                "%s %s of %s: %s, %d of %s repositories, %s%s, %s unchanged, %s failed, %s%s%s"
                    .formatted(plan() ? "plan" : "execution", text("id"), text("policy_name"), status(), done,
                            text("total"), artifacts.path("copied").asText(),
                            plan() ? " to be copied, " + artifacts.path("deleted").asText() + " to be deleted"
                                    : " copied",
                            artifacts.path("unchanged").asText(), artifacts.path("failed").asText(),
                            ByteSize.text(this.execution.path("bytes").asLong()), speed(),
                            why.isEmpty() ? "" : "; " + new Reason(why, text("hint"))));
    }

    /** Such as {@code , 85.3 MB/s, eta 0:20}; empty if nothing moves. */
    private String speed() {
        long rate = this.execution.path("rate").asLong();
        JsonNode eta = this.execution.path("eta");
        return (rate == 0) ? "" : ", %s/s%s".formatted(ByteSize.text(rate),
                eta.isNumber() ? ", eta " + ProgressLine.time(eta.asDouble()) : "");
    }

}
