package cli.service;

import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drayage run POLICY}. */
@Command(name = "run", description = "Starts an execution of a policy.")
@SuppressWarnings("NullAway.Init")
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private ServiceOptions options;

    @Parameters(paramLabel = "POLICY", description = "its name or id")
    private String policy;

    @Option(names = { "-w", "--wait" }, description = "wait until it has ended; the exit code is 0 if it succeeded")
    private boolean wait;

    @Option(names = "--plan", description = "find out what would be copied and deleted, and change nothing")
    private boolean plan;

    @Override
    public Integer call() {
        Service service = this.options.service();
        long id = service.policy(this.policy).path("id").asLong();
        ObjectNode asked = JsonTrees.object().put("policy_id", id);
        JsonNode execution = service.post(Service.EXECUTIONS, this.plan ? asked.put("mode", "plan") : asked);
        String path = Service.EXECUTIONS + "/" + execution.path("id").asText();
        Service started = service.thatMayRestart();
        while (this.wait && !new ExecutionText(execution).ended()) {
            ExecutionText.pause();
            execution = started.get(path);
        }
        this.options.say(execution, new ExecutionText(execution).line());
        return (!this.wait || new ExecutionText(execution).succeeded()) ? Exit.OK : Exit.FAILED;
    }

}
