package cli.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

import cli.shared.Variables;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import replication.registry.RegistryCredential;

/** The logins and authorities that a command is given. */
public final class Access {

    private final CommandSpec command;

    private final Logins saved;

    /**
     * Reads the user's saved logins.
     * @param authfile where they are; null for the usual places
     */
    public Access(CommandSpec command, @Nullable Path authfile) {
        this.command = command;
        this.saved = Logins.read(authfile, System.getenv());
    }

    /** A login from the command line or a variable comes before those of the files. */
    public Function<Place.Remote, RegistryCredential> login(String option, @Nullable String given, String variable) {
        String login = Variables.ofProcess().or(given, variable, "");
        if (login.isEmpty()) {
            return this.saved::of;
        }
        int colon = login.indexOf(':');
        if (colon < 1) {
            throw new ParameterException(this.command.commandLine(),
                    "%s: it is written USER:PASSWORD".formatted((given != null) ? option : variable));
        }
        RegistryCredential basic = RegistryCredential.basic(login.substring(0, colon),
                new Secret(login.substring(colon + 1)));
        return (_) -> basic;
    }

    /** The PEM of the authorities in a file. */
    public static @Nullable String authorities(CommandSpec command, @Nullable Path file) {
        try {
            return (file != null) ? Files.readString(file) : null;
        }
        catch (IOException ex) {
            throw new ParameterException(command.commandLine(), "--ca-file: %s cannot be read: %s".formatted(file, ex),
                    ex);
        }
    }

}
