package cli.copy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import cli.shared.CommandFailed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import oci.model.Secret;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/**
 * The logins in one file of {@code docker login} or a similar program: a registry's own
 * helper comes first, then its entry, then the helper for all registries.
 */
record DockerConfig(JsonNode json, Path file, Map<String, String> environment) {

    /** Docker's own key for Docker Hub. */
    private static final String HUB = "https://index.docker.io/v1/";

    /** Reads a file; a missing file has no logins. */
    static DockerConfig read(Path file, Map<String, String> environment) {
        try {
            JsonNode json = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
            return new DockerConfig(json, file, environment);
        }
        catch (NoSuchFileException _) {
            return new DockerConfig(JsonNodeFactory.instance.objectNode(), file, environment);
        }
        catch (IOException _) {
            // The parser's message would quote the file, and with it secrets.
            throw new CommandFailed("read the logins in %s: it cannot be read or is no JSON".formatted(file));
        }
    }

    /** The login for a registry; empty if there is none. */
    Optional<RegistryCredential> of(Place.Remote place) {
        String server = place.hub() ? HUB : place.registry();
        SavedServer registry = SavedServer.of(place.registry());
        Optional<String> helper = named("credHelpers", registry, server)
            .map((name) -> this.json.path("credHelpers").path(name).asText(""))
            .filter((name) -> !name.isEmpty())
            .findFirst();
        if (helper.isPresent()) {
            return helper(helper.get(), registry, server);
        }
        return Stream.concat(paths(place), Stream.of(registry))
            .flatMap((name) -> named("auths", name, server))
            .flatMap((name) -> entry(name).stream())
            .findFirst()
            .or(() -> common(registry, server));
    }

    /**
     * A login of podman may be for a repository or a part of its path; the longest match
     * is used.
     */
    private static Stream<SavedServer> paths(Place.Remote place) {
        return Stream.iterate(place.repository(), (path) -> !path.isEmpty(), RegistryConnection::namespaceOf)
            .map((path) -> new SavedServer(SavedServer.of(place.registry()).key() + "/" + path));
    }

    /** The fields that name a registry, the exact name first. */
    private Stream<String> named(String object, SavedServer registry, String server) {
        return this.json.path(object)
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(registry::names)
            .sorted(Comparator.comparing((String name) -> !name.equals(server)));
    }

    private Optional<RegistryCredential> common(SavedServer registry, String server) {
        String store = this.json.path("credsStore").asText("");
        return store.isEmpty() ? Optional.empty() : helper(store, registry, server);
    }

    /** Asks by the registry's own name, then by the names that it was saved under. */
    private Optional<RegistryCredential> helper(String name, SavedServer registry, String server) {
        CredentialProgram program = new CredentialProgram(name, this.environment);
        return program.get(server)
            .or(() -> program.servers()
                .stream()
                .filter((saved) -> registry.names(saved) && !saved.equals(server))
                .flatMap((saved) -> program.get(saved).stream())
                .findFirst());
    }

    private Optional<RegistryCredential> entry(String server) {
        JsonNode entry = this.json.path("auths").path(server);
        String token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(RegistryCredential.oauth(new Secret(token)));
        }
        String auth = entry.path("auth").asText("");
        if (!auth.isEmpty()) {
            return Optional.of(decoded(auth, server));
        }
        String user = entry.path("username").asText("");
        return user.isEmpty() ? Optional.empty()
                : Optional.of(RegistryCredential.basic(user, new Secret(entry.path("password").asText(""))));
    }

    private RegistryCredential decoded(String auth, String server) {
        try {
            String text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                // Docker pads the text with zeros.
                return RegistryCredential.basic(text.substring(0, colon),
                        new Secret(text.substring(colon + 1).replaceFirst("\0+$", "")));
            }
        }
        catch (IllegalArgumentException _) {
            // Reported below, without the text.
        }
        throw new CommandFailed(
                "read the login of %s in %s: its auth is no user:password in base64".formatted(server, this.file));
    }

}
