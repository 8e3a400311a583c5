package cli.service;

import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.Table;
import com.fasterxml.jackson.databind.JsonNode;
import oci.model.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import transfer.pace.ByteSize;

/** {@code drayage status [ID]}. */
@Command(name = "status", description = "Shows the latest executions, or one with its repositories.")
@SuppressWarnings("NullAway.Init")
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions options;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "an execution's")
    private @Nullable Long id;

    @Override
    public Integer call() {
        if (this.id == null) {
            all(this.options.service().get(Service.EXECUTIONS + "?page_size=20"));
        }
        else {
            one(this.options.service().get(Service.EXECUTIONS + "/" + this.id));
        }
        return Exit.OK;
    }

    private void all(JsonNode executions) {
        Table table = new Table("ID", "POLICY", "STATUS", "DONE", "FAILED", "SENT", "STARTED", "BY");
        for (JsonNode execution : executions) {
            ExecutionText text = new ExecutionText(execution);
            table.row(text.text("id"), text.text("policy_name"), text.status(),
                    text.text("succeed") + "/" + text.text("total"), text.text("failed"),
                    ByteSize.text(execution.path("bytes").asLong()), text.text("start_time"), text.text("started_by"));
        }
        this.options.say(executions, table.toString());
    }

    private void one(JsonNode execution) {
        Table table = new Table("TASK", "REPOSITORY", "TO", "STATUS", "COPIED", "FAILED", "SENT", "WHY");
        for (JsonNode task : execution.path("logs")) {
            table.row(task.path("id").asText(), task.path("src_resource").asText(), task.path("dest_resource").asText(),
                    task.path("status").asText(), task.at("/artifacts/copied").asText(),
                    task.at("/artifacts/failed").asText(), ByteSize.text(task.path("bytes").asLong()),
                    new Reason(task.path("status_text").asText(""), task.path("hint").asText("")).toString());
        }
        this.options.say(execution, new ExecutionText(execution).line() + System.lineSeparator() + table);
    }

}
