package oci.logins;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import oci.model.Credential;
import oci.model.OutsideText;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;

/**
 * A program {@code docker-credential-<name>} that stores logins: it reads a registry from
 * its standard input and answers in JSON (docker/docker-credential-helpers).
 */
record CredentialProgram(String name, Map<String, String> environment) {

    /** The user name by which a helper marks its secret as a refresh token. */
    private static final String TOKEN = "<token>";

    /** A helper may ask a person for a word. */
    private static final long MOST_SECONDS = 120;

    private static final int MOST = 1024 * 1024;

    private static final int MOST_WORDS = 200;

    /** The login for a registry; empty if the helper has none. */
    Optional<Credential> get(String server) {
        String doing = "ask %s for the login of %s".formatted(program(), server);
        Answer answer = run(doing, "get", server + "\n");
        return (answer.code() == 0) ? Optional.of(credential(doing, answer.text())) : none(doing, answer);
    }

    /** The registries that it has logins for; empty if it cannot list them. */
    Set<String> servers() {
        String doing = "ask %s for its logins".formatted(program());
        Answer answer = run(doing, "list", "");
        return (answer.code() != 0) ? Set.of()
                : json(doing, answer.text()).propertyStream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
    }

    private String program() {
        return "docker-credential-" + OutsideText.line(this.name, MOST_WORDS);
    }

    private Answer run(String doing, String verb, String input) {
        try {
            ProcessBuilder builder = new ProcessBuilder(find("docker-credential-" + this.name), verb)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(this.environment);
            // The helper does not get the passwords in our own variables.
            builder.environment().keySet().removeIf((name) -> name.startsWith("DRAYAGE_"));
            Process process = builder.start();
            Executor late = CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS);
            CompletableFuture<Void> end = CompletableFuture.runAsync(process::destroyForcibly, late);
            try {
                give(process, input);
                String text = new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
                return new Answer(process.waitFor(), text);
            }
            finally {
                end.cancel(false);
                process.destroy();
            }
        }
        catch (IOException ex) {
            throw new RegistryFailure.Permanent(
                    new Reason("%s: %s".formatted(doing, OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS)),
                            "is it installed and on the path?"),
                    ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new RegistryFailure.Transient(doing + ": interrupted", ex);
        }
    }

    private static void give(Process process, String text) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (IOException _) {
            // A helper that ends without reading has answered already.
        }
    }

    /** A helper without a login is no failure: the registry is then asked anonymously. */
    private static Optional<Credential> none(String doing, Answer answer) {
        String said = answer.text().strip();
        if (said.contains("credentials not found")) {
            return Optional.empty();
        }
        throw new RegistryFailure.Transient("%s: it ended with %d: %s".formatted(doing, answer.code(),
                OutsideText.line(said.lines().findFirst().orElse(""), MOST_WORDS)), null);
    }

    private static Credential credential(String doing, String answer) {
        JsonNode json = json(doing, answer);
        String user = json.path("Username").asText("");
        Secret secret = new Secret(json.path("Secret").asText(""));
        return user.equals(TOKEN) ? new Credential.OAuth(secret) : new Credential.Basic(user, secret);
    }

    private static JsonNode json(String doing, String answer) {
        try {
            return JsonMapper.builder().build().readTree(answer);
        }
        catch (IOException _) {
            // The parser's message would quote the secret.
            throw new RegistryFailure.Permanent(doing + ": its answer is no JSON");
        }
    }

    /** Java would search its own path instead of the given one. */
    private String find(String program) {
        return Stream.of(this.environment.getOrDefault("PATH", "").split(":"))
            .map((folder) -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse(program);
    }

    private record Answer(int code, String text) {
    }

}
