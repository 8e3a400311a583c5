package notify;

import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.model.OutsideText;
import replication.notice.Notice;

/** A notice in words for people. */
final class NoticeText {

    /** Slack accepts 3,000 characters in a text. */
    private static final int MOST = 1500;

    private static final int MOST_NAME = 255;

    private static final JsonMapper MAPPER = new JsonMapper();

    private NoticeText() {
    }

    /** The values that templates name. */
    static Map<String, String> of(Notice notice) {
        JsonNode execution = read(notice);
        JsonNode artifacts = execution.path("artifacts");
        String text = execution.path("status_text").asText();
        return Map.of("title", title(notice, execution), "text",
                text.isEmpty() ? "All is well." : OutsideText.line(text, MOST), "policy",
                OutsideText.line(execution.path("policy_name").asText(), MOST_NAME), "execution",
                String.valueOf(notice.executionId()), "status", execution.path("status").asText(), "trigger",
                execution.path("trigger").asText(), "tasks",
                "%d of %d succeeded, %d failed".formatted(execution.path("succeed").asLong(),
                        execution.path("total").asLong(), execution.path("failed").asLong()),
                "artifacts",
                "%d copied, %d unchanged, %d deleted, %d failed, %d bytes sent".formatted(
                        artifacts.path("copied").asLong(), artifacts.path("unchanged").asLong(),
                        artifacts.path("deleted").asLong(), artifacts.path("failed").asLong(),
                        execution.path("bytes").asLong()),
                "time", notice.time().toString());
    }

    private static String title(Notice notice, JsonNode execution) {
        String policy = OutsideText.line(execution.path("policy_name").asText(), MOST_NAME);
        String one = "Execution " + notice.executionId() + " of policy " + policy;
        return switch (notice.event()) {
            case EXECUTION_STARTED -> one + " has started";
            case EXECUTION_FINISHED -> one + " has ended: " + execution.path("status").asText();
            case EXECUTION_FAILED ->
                one + (execution.path("status").asText().equals("partial") ? " has failed in part" : " has failed");
            case POLICY_FAILING -> "Policy " + policy + " is failing";
            case POLICY_RECOVERED -> "Policy " + policy + " has recovered";
        };
    }

    private static JsonNode read(Notice notice) {
        try {
            return MAPPER.readTree(notice.data());
        }
        catch (JsonProcessingException ex) {
            throw new UncheckedIOException("read notice " + notice.id(), ex);
        }
    }

}
