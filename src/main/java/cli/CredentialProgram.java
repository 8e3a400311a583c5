package cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import replication.registry.Credential;
import replication.registry.Secret;

/**
 * A program {@code docker-credential-<name>} that knows logins: it is given a registry on
 * its standard input and answers in JSON (docker/docker-credential-helpers).
 */
record CredentialProgram(String name, Map<String, String> environment) {

    /** By this user name a helper says that the secret is a refresh token. */
    private static final String TOKEN = "<token>";

    /** Empty where the helper knows no login for the registry. */
    Optional<Credential> get(String server) {
        String program = "docker-credential-" + this.name;
        String doing = "ask %s for the login of %s".formatted(program, server);
        try {
            ProcessBuilder builder = new ProcessBuilder(find(program), "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(this.environment);
            // The passwords of our own variables are nobody else's.
            builder.environment().keySet().removeIf((name) -> name.startsWith("DRAYAGE_"));
            Process process = builder.start();
            try (var input = process.getOutputStream()) {
                input.write((server + "\n").getBytes(StandardCharsets.UTF_8));
            }
            byte[] answer = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            return (code == 0) ? Optional.of(credential(doing, answer)) : none(doing, code, answer);
        }
        catch (IOException ex) {
            throw new CommandFailed("%s: %s; is it installed and on the path?".formatted(doing, ex.getMessage()));
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(doing + ": interrupted");
        }
    }

    /** Only that it knows none is no failure; then the registry is asked anonymously. */
    private static Optional<Credential> none(String doing, int code, byte[] answer) {
        String said = new String(answer, StandardCharsets.UTF_8).strip();
        if (said.contains("credentials not found")) {
            return Optional.empty();
        }
        throw new CommandFailed("%s: it ended with %d: %s".formatted(doing, code, said.lines().findFirst().orElse("")));
    }

    private static Credential credential(String doing, byte[] answer) {
        JsonNode json = json(doing, answer);
        String user = json.path("Username").asText("");
        Secret secret = new Secret(json.path("Secret").asText(""));
        return user.equals(TOKEN) ? new Credential.OAuth(secret) : new Credential.Basic(user, secret);
    }

    private static JsonNode json(String doing, byte[] answer) {
        try {
            return JsonMapper.builder().build().readTree(answer);
        }
        catch (IOException _) {
            // The parser's message would quote the secret.
            throw new CommandFailed(doing + ": its answer is no JSON");
        }
    }

    /** Java would look along its own path, not along the one that was given. */
    private String find(String program) {
        return Stream.of(this.environment.getOrDefault("PATH", "").split(":"))
            .map((folder) -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse(program);
    }

}
