package cli.service;

import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The position in the log of one task. The last page is read again until it is full,
 * because only a full page has a link to the next.
 */
final class TaskLog {

    private String page;

    private int seen;

    private String before = "";

    TaskLog(String first) {
        this.page = first;
    }

    /**
     * Whether the task may have written more; after its end the log is read once more.
     */
    boolean mayHaveMore(JsonNode task) {
        String now = task.path("status").asText() + task.path("attempt").asText();
        boolean ended = !task.path("end_time").isMissingNode() && !task.path("end_time").isNull();
        boolean more = !ended || !now.equals(this.before);
        this.before = ended ? now : "";
        return more;
    }

    void read(Service service, Consumer<String> reader) {
        while (true) {
            Service.Text text = service.text(this.page);
            List<String> lines = text.lines();
            lines.stream().skip(this.seen).forEach(reader);
            this.seen = lines.size();
            if (text.next().isEmpty()) {
                return;
            }
            this.page = text.next().get();
            this.seen = 0;
        }
    }

}
