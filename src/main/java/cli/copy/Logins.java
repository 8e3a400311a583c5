package cli.copy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import cli.shared.CommandFailed;
import oci.logins.DockerConfig;
import oci.model.Credential;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import replication.registry.RegistryCredential;

/**
 * The user's logins, as {@code docker login} and {@code podman login} have saved them.
 * The first file with a login for a registry is used.
 */
record Logins(List<DockerConfig> files) {

    private static final String FOR_CONTAINERS = "containers/auth.json";

    /**
     * Reads the named file, or else that of {@code REGISTRY_AUTH_FILE}, or else Docker's
     * and those of podman and skopeo (containers-auth.json(5)).
     */
    static Logins read(@Nullable Path named, Map<String, String> environment) {
        String set = (named != null) ? named.toString() : environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!set.isEmpty()) {
            Path file = Path.of(set);
            if (!Files.exists(file)) {
                throw new CommandFailed("read the logins in %s: there is no such file".formatted(file));
            }
            return new Logins(List.of(readFile(file, environment)));
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        List<Path> files = new ArrayList<>();
        files.add(Path.of(environment.getOrDefault("DOCKER_CONFIG", home + "/.docker"), "config.json"));
        if (environment.containsKey("XDG_RUNTIME_DIR")) {
            files.add(Path.of(environment.get("XDG_RUNTIME_DIR"), FOR_CONTAINERS));
        }
        files.add(Path.of(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"), FOR_CONTAINERS));
        return new Logins(files.stream().map((file) -> readFile(file, environment)).toList());
    }

    /** The user's own file names the helpers that the user wants to run. */
    private static DockerConfig readFile(Path file, Map<String, String> environment) {
        return DockerConfig.read(file, environment, (_) -> true);
    }

    /** The user's login; anonymous if there is none. */
    RegistryCredential of(Place.Remote place) {
        return this.files.stream()
            .flatMap((file) -> file.of(place.registry(), place.repository()).stream())
            .findFirst()
            .map(Logins::credential)
            .orElseGet(() -> RegistryCredential.NONE);
    }

    private static RegistryCredential credential(Credential login) {
        return switch (login) {
            case Credential.None _ -> RegistryCredential.NONE;
            case Credential.Basic(String user, Secret password) -> RegistryCredential.basic(user, password);
            case Credential.OAuth(Secret token) -> RegistryCredential.oauth(token);
        };
    }

}
