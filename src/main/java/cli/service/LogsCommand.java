package cli.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.Shown;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drayage logs ID [TASK] [-f]}. */
@Command(name = "logs", description = "Shows the log of an execution's tasks, or of one of them.")
@SuppressWarnings("NullAway.Init")
public final class LogsCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions options;

    @Parameters(index = "0", paramLabel = "ID", description = "the execution's")
    private long id;

    @Parameters(index = "1", paramLabel = "TASK", arity = "0..1", description = "only this task of it")
    private @Nullable Long task;

    @Option(names = { "-f", "--follow" }, description = "go on until the execution has ended")
    private boolean follow;

    private final Map<String, TaskLog> logs = new LinkedHashMap<>();

    @Override
    public Integer call() {
        String path = Service.EXECUTIONS + "/" + this.id;
        this.options.service().get(path);
        // The execution exists, and the service may restart meanwhile.
        Service service = this.follow ? this.options.service().thatMayRestart() : this.options.service();
        boolean ended;
        do {
            // The state is read before the logs, so that no line before the end is
            // missed.
            ended = !this.follow || new ExecutionText(service.get(path)).ended();
            tasks(service, path).forEach((each) -> read(service, path, each));
            if (!ended) {
                ExecutionText.pause();
            }
        }
        while (!ended);
        return Exit.OK;
    }

    private List<JsonNode> tasks(Service service, String path) {
        return (this.task != null) ? List.of(service.get(path + "/tasks/" + this.task))
                : service.list(path + "/logs?page_size=500");
    }

    private void read(Service service, String path, JsonNode described) {
        String number = described.path("id").asText();
        String prefix = (this.task != null) ? "" : described.path("src_resource").asText() + ": ";
        TaskLog log = this.logs.computeIfAbsent(number, (_) -> new TaskLog(path + "/logs/" + number));
        if (log.mayHaveMore(described)) {
            log.read(service, (line) -> System.out.println(Shown.line(prefix + line)));
        }
    }

}
