package cli.service;

import java.util.Map;
import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.JsonTrees;
import cli.shared.Shown;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drayage stop|pause|resume|retry ID [TASK]}. */
@Command
@SuppressWarnings("NullAway.Init")
public final class OperateCommand implements Callable<Integer> {

    private static final Map<String, String> ALL = Map.of("stop", "Stops an execution or one task of it.", "pause",
            "Pauses an execution; its tasks are handed back.", "resume", "Continues a paused execution.", "retry",
            "Tries failed and stopped tasks again.");

    private final String operation;

    @Mixin
    private ServiceOptions options;

    @Parameters(index = "0", paramLabel = "ID", description = "the execution's")
    private long id;

    @Parameters(index = "1", paramLabel = "TASK", arity = "0..1", description = "only this task of it")
    private @Nullable Long task;

    private OperateCommand(String operation) {
        this.operation = operation;
    }

    /** A command for each operation. */
    public static void addTo(CommandLine commands) {
        ALL.forEach((operation, description) -> {
            CommandLine command = new CommandLine(new OperateCommand(operation));
            command.getCommandSpec().usageMessage().description(description);
            commands.addSubcommand(operation, command);
        });
    }

    @Override
    public Integer call() {
        String path = Service.EXECUTIONS + "/" + this.id + ((this.task != null) ? "/tasks/" + this.task : "");
        JsonNode changed = this.options.service().put(path, JsonTrees.object().put("operation", this.operation));
        String words = (this.task != null)
                ? Shown.line(
                        "task %d of execution %d is %s".formatted(this.task, this.id, changed.path("status").asText()))
                : new ExecutionText(changed).line();
        this.options.say(changed, words);
        return Exit.OK;
    }

}
