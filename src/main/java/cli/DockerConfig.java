package cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import replication.registry.Credential;
import replication.registry.Secret;

/**
 * The logins that {@code docker login} and its like have left in {@code config.json}: a
 * registry's own helper comes first, then its entry, then the helper for all.
 */
record DockerConfig(JsonNode json, Path file, Map<String, String> environment) {

    /** How Docker itself calls Docker Hub in its file. */
    private static final String HUB = "https://index.docker.io/v1/";

    /**
     * Reads {@code $DOCKER_CONFIG/config.json}, without that
     * {@code ~/.docker/config.json}; without the file nobody is logged in.
     */
    static DockerConfig read(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG",
                Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".docker").toString());
        Path file = Path.of(folder, "config.json");
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

    Credential of(Place.Remote place) {
        String server = place.hub() ? HUB : place.registry();
        String helper = this.json.path("credHelpers").path(place.registry()).asText("");
        if (!helper.isEmpty()) {
            return helper(helper, server).orElseGet(Credential.None::new);
        }
        return entry(server).or(() -> entry("https://" + server))
            .or(() -> entry("https://" + server + "/v1/"))
            .or(() -> common(server))
            .orElseGet(Credential.None::new);
    }

    private Optional<Credential> common(String server) {
        String store = this.json.path("credsStore").asText("");
        return store.isEmpty() ? Optional.empty() : helper(store, server);
    }

    private Optional<Credential> helper(String name, String server) {
        return new CredentialProgram(name, this.environment).get(server);
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
                // Docker pads it with zeros.
                return new Credential.Basic(text.substring(0, colon),
                        new Secret(text.substring(colon + 1).replaceFirst("\0+$", "")));
            }
        }
        catch (IllegalArgumentException _) {
            // Told below, without what it was.
        }
        throw new CommandFailed(
                "read the login of %s in %s: its auth is no user:password in base64".formatted(server, this.file));
    }

}
