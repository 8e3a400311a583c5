package cli;

import java.io.PrintWriter;
import java.io.StringWriter;

import cli.copy.CopyCommand;
import cli.imports.ImportCommand;
import cli.registry.DeleteCommand;
import cli.registry.DigestCommand;
import cli.registry.ListCommand;
import cli.registry.ManifestCommand;
import cli.registry.TagCommand;
import cli.service.LogsCommand;
import cli.service.OperateCommand;
import cli.service.PoliciesCommand;
import cli.service.RegistriesCommand;
import cli.service.RunCommand;
import cli.service.StatusCommand;
import cli.shared.CommandFailed;
import cli.shared.Exit;
import cli.shared.Misuse;
import cli.shared.Shown;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import replication.Refusal;

/** The commands. */
@Command(name = "drayage", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Replicates container images, OCI artifacts and Helm charts between registries.",
        subcommands = { CopyCommand.class, ListCommand.class, DigestCommand.class, ManifestCommand.class,
                TagCommand.class, DeleteCommand.class, RunCommand.class, StatusCommand.class, LogsCommand.class,
                RegistriesCommand.class, PoliciesCommand.class, ImportCommand.class, Rehearsal.class },
        footer = { "", "Without a command, or with «server», the service is started." })
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        // Log lines would mix with the command's output.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        int code = run(args);
        System.out.flush();
        System.exit(code);
    }

    static int run(String... args) {
        CommandLine commands = new CommandLine(new Main());
        OperateCommand.addTo(commands);
        commands.getSubcommands().values().forEach(Main::withHelp);
        // A password may begin with @, and then a file of its name would take its place.
        commands.setExpandAtFiles(false);
        commands.setParameterExceptionHandler(new Misuse());
        commands.setExecutionExceptionHandler((ex, _, _) -> failed(ex));
        return commands.execute(args);
    }

    private static void withHelp(CommandLine command) {
        command.getCommandSpec().mixinStandardHelpOptions(true);
        command.getSubcommands().values().forEach(Main::withHelp);
    }

    private static int failed(Exception ex) {
        switch (ex) {
            case CommandFailed failed -> complain(failed.reason().toString());
            case RegistryFailure failure -> complain(failure.reason().toString());
            case Refusal refusal -> complain(String.valueOf(refusal.getMessage()));
            case StopSignal.Stopped _ -> complain("interrupted");
            default -> {
                complain("unforeseen: " + ex);
                trace(ex);
            }
        }
        return Exit.FAILED;
    }

    private static void complain(String message) {
        System.err.println("drayage: " + Shown.line(message));
    }

    private static void trace(Exception ex) {
        StringWriter trace = new StringWriter();
        ex.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach((line) -> System.err.println("    " + Shown.line(line)));
    }

}
