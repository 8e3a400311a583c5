package cli.imports;

import java.util.concurrent.Callable;

import cli.shared.Exit;
import cli.shared.Shown;
import cli.shared.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drayage import regsync FILE} and {@code drayage import skopeo FILE}. */
@Command(name = "import", description = "Makes a document for policies apply from another program's configuration.",
        subcommands = { ImportCommand.Regsync.class, ImportCommand.Skopeo.class },
        footer = { "",
                "Parts that cannot be carried over are listed on the standard error. If such a part selects images, its policy is",
                "disabled. Passwords are never carried over." })
@SuppressWarnings("NullAway.Init")
public final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(this.spec.commandLine(), "import regsync, or import skopeo?");
    }

    private static int print(Draft draft) {
        System.out.println(Yaml.write(draft.set().document()).stripTrailing());
        draft.left().forEach((line) -> System.err.println("not carried over: " + Shown.line(line)));
        return Exit.OK;
    }

    /** From the configuration of regclient's regsync. */
    @Command(name = "regsync", description = "From a regsync.yml.")
    static final class Regsync implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "- is the standard input")
        private String file;

        @Override
        public Integer call() {
            return print(new RegsyncFile(Yaml.readTexts(this.file)).draft());
        }

    }

    /** From a file for {@code skopeo sync --src yaml}. */
    @Command(name = "skopeo", description = "From a file of skopeo sync --src yaml.")
    static final class Skopeo implements Callable<Integer> {

        @Parameters(paramLabel = "FILE", description = "- is the standard input")
        private String file;

        @Option(names = { "-d", "--destination" }, required = true, paramLabel = "REGISTRY[/NAMESPACE]",
                description = "the destination, as on skopeo's command line")
        private String destination;

        @Override
        public Integer call() {
            int code = print(new SkopeoFile(Yaml.readTexts(this.file), this.destination).draft());
            System.err.println("of an image for several platforms skopeo copies one, unless it is told --all; "
                    + "a policy copies all");
            return code;
        }

    }

}
