package oci.logins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import oci.model.Credential;
import oci.model.OutsideText;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;

/**
 * The logins in one file of {@code docker login} or a similar program: a registry's own
 * helper comes first, then its entry, then the helper for all registries.
 *
 * @param environment of the helpers
 * @param helpers which may be run, by their names
 */
public record DockerConfig(JsonNode json, Path file, Map<String, String> environment, Predicate<String> helpers) {

    /** Docker's own key for Docker Hub. */
    private static final String HUB = "https://index.docker.io/v1/";

    private static final int MOST_WORDS = 100;

    /**
     * Reads a file; a missing file has no logins.
     * @throws RegistryFailure.Permanent if it cannot be read, without its text
     */
    public static DockerConfig read(Path file, Map<String, String> environment, Predicate<String> helpers) {
        try {
            JsonNode json = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
            return new DockerConfig(json, file, environment, helpers);
        }
        catch (NoSuchFileException _) {
            return new DockerConfig(JsonNodeFactory.instance.objectNode(), file, environment, helpers);
        }
        catch (IOException _) {
            // The parser's message would quote the file, and with it secrets.
            throw new RegistryFailure.Permanent(
                    "read the logins in %s: it cannot be read or is no JSON".formatted(file));
        }
    }

    /**
     * The login for a registry; empty if there is none.
     * @param name host and perhaps port
     * @param repository one of it, for which podman may have a login of its own; empty
     * for none
     * @throws RegistryFailure if a helper fails, or may not be run
     */
    public Optional<Credential> of(String name, String repository) {
        SavedServer registry = SavedServer.of(name);
        String server = registry.hub() ? HUB : name;
        Optional<String> helper = named("credHelpers", registry, server)
            .map((key) -> this.json.path("credHelpers").path(key).asText(""))
            .filter((text) -> !text.isEmpty())
            .findFirst();
        if (helper.isPresent()) {
            return helper(helper.get(), registry, server);
        }
        return Stream.concat(paths(registry, repository), Stream.of(registry))
            .flatMap((each) -> named("auths", each, server))
            .flatMap((key) -> entry(key).stream())
            .findFirst()
            .or(() -> common(registry, server));
    }

    /**
     * A login of podman may be for a repository or a part of its path; the longest match
     * is used.
     */
    private static Stream<SavedServer> paths(SavedServer registry, String repository) {
        return Stream
            .iterate(repository, (path) -> !path.isEmpty(),
                    (path) -> path.substring(0, Math.max(0, path.lastIndexOf('/'))))
            .map((path) -> new SavedServer(registry.key() + "/" + path));
    }

    /** The fields that name a registry, the exact name first. */
    private Stream<String> named(String object, SavedServer registry, String server) {
        return this.json.path(object)
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(registry::names)
            .sorted(Comparator.comparing((String name) -> !name.equals(server)));
    }

    private Optional<Credential> common(SavedServer registry, String server) {
        String store = this.json.path("credsStore").asText("");
        return store.isEmpty() ? Optional.empty() : helper(store, registry, server);
    }

    /** Asks by the registry's own name, then by the names that it was saved under. */
    private Optional<Credential> helper(String name, SavedServer registry, String server) {
        if (!this.helpers.test(name)) {
            throw new RegistryFailure.Permanent(new Reason(
                    "get the login of %s: it is in the credential helper \"%s\", which is not allowed".formatted(server,
                            OutsideText.line(name, MOST_WORDS)),
                    "DRAYAGE_CREDENTIAL_HELPERS lists those that the service may run"), null);
        }
        CredentialProgram program = new CredentialProgram(name, this.environment);
        return program.get(server)
            .or(() -> program.servers()
                .stream()
                .filter((saved) -> registry.names(saved) && !saved.equals(server))
                .flatMap((saved) -> program.get(saved).stream())
                .findFirst());
    }

    private Optional<Credential> entry(String server) {
        JsonNode entry = this.json.path("auths").path(server);
        String token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(new Credential.OAuth(new Secret(token)));
        }
        String auth = entry.path("auth").asText("");
        if (!auth.isEmpty()) {
            return Optional.of(decoded(auth, server));
        }
        String user = entry.path("username").asText("");
        return user.isEmpty() ? Optional.empty()
                : Optional.of(new Credential.Basic(user, new Secret(entry.path("password").asText(""))));
    }

    private Credential decoded(String auth, String server) {
        try {
            String text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                int end = text.length();
                // Docker pads the text with zeros.
                while (text.charAt(end - 1) == '\0') {
                    end--;
                }
                return new Credential.Basic(text.substring(0, colon), new Secret(text.substring(colon + 1, end)));
            }
        }
        catch (IllegalArgumentException _) {
            // Reported below, without the text.
        }
        throw new RegistryFailure.Permanent(
                "read the login of %s in %s: its auth is no user:password in base64".formatted(server, this.file));
    }

}
