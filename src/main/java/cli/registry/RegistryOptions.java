package cli.registry;

import java.nio.file.Path;
import java.util.function.Function;

import cli.copy.Access;
import cli.copy.Place;
import cli.copy.Side;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a registry is reached, for all commands that need one. */
@SuppressWarnings("NullAway.Init")
final class RegistryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--insecure-http", description = "without TLS, which is the default for localhost")
    private boolean http;

    @Option(names = "--insecure", description = "with TLS, but any certificate is accepted")
    private boolean insecure;

    @Option(names = "--ca-file", paramLabel = "FILE", description = "PEM of authorities to trust besides the system's")
    private @Nullable Path authorities;

    @Option(names = "--authfile", paramLabel = "FILE",
            description = "the logins; REGISTRY_AUTH_FILE, or those of docker and podman")
    private @Nullable Path authfile;

    @Option(names = "--creds", paramLabel = "USER:PASSWORD",
            description = "the login; others can see it here, so better DRAYAGE_CREDS")
    private @Nullable String login;

    /** An image; one without a tag is the latest. */
    Place image(String text) {
        Place place = read(text, Place::parse);
        if (place.repository().isEmpty()) {
            throw usage("%s: which of the folder's repositories? It is written layout:/folder:repository:tag"
                .formatted(text));
        }
        return place.reference().isEmpty() ? place.at(place.repository(), Place.LATEST) : place;
    }

    /** A registry, a folder or a repository. */
    Place whole(String text) {
        Place place = read(text, Place::parseWhole);
        if (!place.reference().isEmpty()) {
            throw usage("%s: a registry or a repository is given without a tag".formatted(text));
        }
        return place;
    }

    private Place read(String text, Function<String, Place> reading) {
        try {
            return reading.apply(text);
        }
        catch (IllegalArgumentException ex) {
            throw usage(String.valueOf(ex.getMessage()));
        }
    }

    /** Connects without any I/O; the caller closes it. */
    Side open(Place place) {
        Side.Security security = new Side.Security(this.http, this.insecure,
                Access.authorities(this.command, this.authorities));
        return Side.open(1, place, security,
                new Access(this.command, this.authfile).login("--creds", this.login, "DRAYAGE_CREDS"));
    }

    ParameterException usage(String message) {
        return new ParameterException(this.command.commandLine(), message);
    }

}
