package cli.copy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import cli.shared.CommandFailed;
import cli.shared.Exit;
import cli.shared.Shown;
import oci.Platform;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import replication.execution.copy.Outcome;
import replication.policy.ForeignLayers;

/** {@code drayage copy SRC DST}. */
@Command(name = "copy", description = "Copies an image, or all tags of a repository.%nIt needs no running service.",
        footer = { "", "SRC and DST are written", "  registry.example/repository:tag, …@sha256:…",
                "  alpine:3.22                      Docker Hub's short names",
                "  layout:/folder:repository:tag    a folder of OCI image layouts",
                "  oci:/folder:tag                  one OCI image layout",
                "  oci://registry.example/chart:tag a registry, as Helm writes it", "",
                "Without a tag it is latest; a layout as DST takes missing parts of its name from SRC.",
                "Logins are those of docker login, with its credential helpers, and of podman login." })
@SuppressWarnings("NullAway.Init")
public final class CopyCommand implements Callable<Integer> {

    /** How long an interrupted command may take to cancel its uploads. */
    private static final long GRACE_SECONDS = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SRC", description = "where from")
    private String source;

    @Parameters(index = "1", paramLabel = "DST", description = "where to")
    private String destination;

    @Option(names = { "-a", "--all-tags" }, description = "all tags of the repository")
    private boolean allTags;

    @Option(names = "--json", description = "print the result as one JSON document")
    private boolean json;

    @Option(names = { "-q", "--quiet" }, description = "print only failures")
    private boolean quiet;

    @Option(names = { "-v", "--verbose" }, description = "also print retries")
    private boolean verbose;

    @Option(names = "--insecure-http", description = "without TLS, which is the default for localhost")
    private boolean http;

    @Option(names = "--src-insecure-http", description = "the same for SRC only")
    private boolean sourceHttp;

    @Option(names = "--dest-insecure-http", description = "the same for DST only")
    private boolean destinationHttp;

    @Option(names = "--insecure", description = "with TLS, but any certificate is accepted")
    private boolean insecure;

    @Option(names = "--src-insecure", description = "the same for SRC only")
    private boolean sourceInsecure;

    @Option(names = "--dest-insecure", description = "the same for DST only")
    private boolean destinationInsecure;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "PEM of authorities to trust besides the system's")
    private @Nullable Path authorities;

    @Option(names = "--platform", paramLabel = "OS/ARCH[/VARIANT]", description = "only the image for this platform")
    private @Nullable String platform;

    @Option(names = "--foreign-layers", paramLabel = "skip_bytes|copy|skip_image", defaultValue = "skip_bytes",
            description = "what happens to layers that may not be distributed, such as those of Windows' base images")
    private String foreignLayers;

    @Option(names = "--authfile", paramLabel = "FILE",
            description = "the logins; REGISTRY_AUTH_FILE, or those of docker and podman")
    private @Nullable Path authfile;

    @Option(names = "--src-creds", paramLabel = "USER:PASSWORD",
            description = "the login for SRC; others can see it here, so better DRAYAGE_SRC_CREDS")
    private @Nullable String sourceLogin;

    @Option(names = "--dest-creds", paramLabel = "USER:PASSWORD",
            description = "the login for DST; others can see it here, so better DRAYAGE_DEST_CREDS")
    private @Nullable String destinationLogin;

    @Override
    public Integer call() {
        Place from = place(this.source);
        if (from.repository().isEmpty()) {
            throw usage("%s: which of the folder's repositories? It is written layout:/folder:repository:tag"
                .formatted(this.source));
        }
        if (this.allTags && !from.reference().isEmpty()) {
            throw usage("%s: with --all-tags a repository is given without a tag".formatted(this.source));
        }
        if (from instanceof Place.Layout layout) {
            LayoutImages.check(layout);
        }
        Place wanted = (this.allTags || !from.reference().isEmpty()) ? from : from.at(from.repository(), implied(from));
        return copy(wanted, completed(place(this.destination), wanted));
    }

    /** The tag of an image that was written without one. */
    private static String implied(Place from) {
        return switch (from) {
            case Place.Remote _ -> Place.LATEST;
            case Place.Layout layout -> LayoutImages.impliedTag(layout);
        };
    }

    private Place completed(Place to, Place wanted) {
        if (this.allTags && !to.reference().isEmpty()) {
            throw usage("%s: with --all-tags a repository is given without a tag".formatted(this.destination));
        }
        String reference = switch (to) {
            case Place.Remote _ -> Place.LATEST;
            case Place.Layout _ -> Place.Reference.tagOf(wanted.reference());
        };
        if (to instanceof Place.Layout && !Place.Reference.tagOf(to.reference()).equals(to.reference())) {
            throw usage("%s: as DST a layout takes a tag, and not a whole name".formatted(this.destination));
        }
        return to.at(to.repository().isEmpty() ? wanted.repository() : to.repository(),
                (this.allTags || !to.reference().isEmpty()) ? to.reference() : reference);
    }

    private Place place(String text) {
        try {
            return Place.parse(text);
        }
        catch (IllegalArgumentException ex) {
            throw usage(String.valueOf(ex.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(this.spec.commandLine(), message);
    }

    private int copy(Place from, Place to) {
        Access access = new Access(this.spec, this.authfile);
        StopSignal stop = new StopSignal();
        CopyReport report = new CopyReport(from, to);
        try (Screen screen = Screen.open(loudness());
                Interrupt _ = Interrupt.stopping(stop);
                Side source = Side.open(1, from, security(this.sourceHttp, this.sourceInsecure),
                        access.login("--src-creds", this.sourceLogin, "DRAYAGE_SRC_CREDS"));
                Side destination = Side.open(2, to, security(this.destinationHttp, this.destinationInsecure),
                        access.login("--dest-creds", this.destinationLogin, "DRAYAGE_DEST_CREDS"))) {
            CopyRun run = new CopyRun(source, destination, platform(), stop, this.verbose ? screen::complain : (_) -> {
            }, foreignLayers());
            screen.follow(run);
            if (this.allTags) {
                report.unchanged(run.all((outcome) -> show(screen, report, outcome)));
            }
            else {
                show(screen, report, run.one());
            }
        }
        return end(report);
    }

    private ForeignLayers foreignLayers() {
        return Arrays.stream(ForeignLayers.values())
            .filter((each) -> each.id().equals(this.foreignLayers))
            .findFirst()
            .orElseThrow(() -> usage("--foreign-layers: it is skip_bytes, copy or skip_image, not \"%s\""
                .formatted(this.foreignLayers)));
    }

    private @Nullable Platform platform() {
        try {
            return (this.platform != null) ? Platform.parse(this.platform) : null;
        }
        catch (IllegalArgumentException ex) {
            throw usage("--platform: " + ex.getMessage());
        }
    }

    private Side.Security security(boolean plainHttp, boolean unchecked) {
        return new Side.Security(this.http || plainHttp, this.insecure || unchecked,
                Access.authorities(this.spec, this.authorities));
    }

    private void show(Screen screen, CopyReport report, Outcome outcome) {
        report.add(outcome);
        Optional<String> wrong = report.wrong(outcome);
        if (wrong.isPresent()) {
            screen.complain("drayage: " + wrong.get());
        }
        else if (loudness() == Screen.Loudness.LINES) {
            screen.say(report.line(outcome));
        }
    }

    private int end(CopyReport report) {
        if (report.none()) {
            throw new CommandFailed("copy %s: there is no tag".formatted(this.source));
        }
        if (this.json) {
            System.out.println(Shown.json(report.json()));
        }
        else if (!this.quiet && this.allTags) {
            System.out.println(report.summary());
        }
        return report.whole() ? Exit.OK : Exit.FAILED;
    }

    private Screen.Loudness loudness() {
        return (this.json || this.quiet) ? Screen.Loudness.QUIET : Screen.Loudness.LINES;
    }

    /** Cancels open uploads before an interrupted command ends. */
    private record Interrupt(Thread hook, CountDownLatch ended) implements AutoCloseable {

        static Interrupt stopping(StopSignal stop) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread hook = new Thread(() -> {
                stop.stop();
                await(ended);
            });
            Runtime.getRuntime().addShutdownHook(hook);
            return new Interrupt(hook, ended);
        }

        private static void await(CountDownLatch ended) {
            try {
                ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
            }
            catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            this.ended.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(this.hook);
            }
            catch (IllegalStateException _) {
                // The process is ending already.
            }
        }

    }

}
