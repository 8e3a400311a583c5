package store.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import replication.execution.task.Counts;
import replication.execution.task.Progress;
import store.sql.Columns;
import store.sql.RowJson;

/** The JSON of an attempt's progress in its task's row. */
final class ProgressJson {

    private ProgressJson() {
    }

    static String write(int attempt, Progress progress) {
        Counts artifacts = progress.artifacts();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attempt", attempt)
            .put("copied", artifacts.copied())
            .put("unchanged", artifacts.unchanged())
            .put("kept", artifacts.kept())
            .put("skipped", artifacts.skipped())
            .put("failed", artifacts.failed())
            .put("deleted", artifacts.deleted())
            .put("bytes", artifacts.bytes())
            .put("rate", progress.rate());
        if (!progress.waits().isEmpty()) {
            json.put("waits", Columns.text(progress.waits()));
        }
        Long remaining = progress.remaining();
        if (remaining != null) {
            json.put("remaining", remaining.longValue());
        }
        return json.toString();
    }

    /** Reads the progress; null if it is of another attempt. */
    static @Nullable Progress read(String text, int attempt) {
        JsonNode json = RowJson.parse(text);
        if (json.path("attempt").asInt() != attempt) {
            return null;
        }
        return new Progress(
                new Counts(json.path("copied").asLong(), json.path("unchanged").asLong(), json.path("kept").asLong(),
                        json.path("skipped").asLong(), json.path("failed").asLong(), json.path("bytes").asLong(),
                        json.path("deleted").asLong()),
                json.path("rate").asLong(), json.has("remaining") ? json.path("remaining").asLong() : null,
                json.path("waits").asText(""));
    }

}
