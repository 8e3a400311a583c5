package cli.registry;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import cli.copy.Place;
import cli.copy.Side;
import cli.shared.CommandFailed;
import cli.shared.Exit;
import cli.shared.Shown;
import oci.Artifact;
import oci.ContentSource;
import oci.model.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import replication.registry.RepositoryQuery;

/** {@code drayage ls}. */
@Command(name = "ls", description = "Lists the repositories of a registry or a folder, or the tags of a repository.")
@SuppressWarnings("NullAway.Init")
public final class ListCommand implements Callable<Integer> {

    @Mixin
    private RegistryOptions options;

    @Parameters(paramLabel = "PLACE", description = "registry.example, registry.example/repository, layout:/folder")
    private String place;

    @Option(names = { "-d", "--digests" },
            description = "with the digest of each tag: one request for each, unless the listing tells")
    private boolean digests;

    @Override
    public Integer call() {
        Place listed = this.options.whole(this.place);
        try (Side side = this.options.open(listed)) {
            if (listed.repository().isEmpty()) {
                try (Stream<String> repositories = side.connection().repositories(RepositoryQuery.ALL)) {
                    repositories.forEach(ListCommand::line);
                }
            }
            else {
                tags(listed, side.content().source(listed.repository(), new StopSignal()));
            }
        }
        return Exit.OK;
    }

    private void tags(Place listed, ContentSource repository) {
        AtomicLong number = new AtomicLong();
        try (Stream<Artifact> tags = repository.artifacts()) {
            tags.forEach((artifact) -> {
                number.incrementAndGet();
                line(this.digests ? artifact.tag() + " " + digest(artifact, repository) : artifact.tag());
            });
        }
        if (number.get() == 0 && !repository.exists()) {
            throw new CommandFailed("list %s: there is no such repository".formatted(listed));
        }
    }

    private static String digest(Artifact artifact, ContentSource repository) {
        return !artifact.digest().isEmpty() ? artifact.digest()
                : repository.head(artifact.tag()).map((found) -> found.digest().toString()).orElse("-");
    }

    private static void line(String text) {
        System.out.println(Shown.line(text));
    }

}
