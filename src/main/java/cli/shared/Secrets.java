package cli.shared;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Secrets in a document are names of variables, {@code ${NAME}}, and nothing else, so
 * that the document can lie in a repository.
 */
public record Secrets(Map<String, String> environment) {

    private static final String FIELD = "access_secret";

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** The registry without its secret, after that has been found to be none itself. */
    public static ObjectNode without(ObjectNode registry) {
        ObjectNode rest = registry.deepCopy();
        if (rest.path("credential") instanceof ObjectNode credential && credential.has(FIELD)) {
            if (!NAMED.matcher(credential.path(FIELD).asText()).matches()) {
                throw new CommandFailed(
                        "registry %s: %s must name a variable, as in ${NAME}; secrets do not belong here"
                            .formatted(registry.path("name").asText(), FIELD));
            }
            credential.remove(FIELD);
        }
        return rest;
    }

    /** The variable that the document names, as {@code ${NAME}}. */
    public static Optional<JsonNode> named(ObjectNode registry) {
        return Optional.of(registry.path("credential").path(FIELD)).filter(JsonNode::isTextual);
    }

    /** The secret that the document names for the registry, put into what is sent. */
    public void fill(ObjectNode document, ObjectNode sent) {
        String named = document.path("credential").path(FIELD).asText("");
        if (!named.isEmpty() && sent.path("credential") instanceof ObjectNode credential) {
            Matcher matcher = NAMED.matcher(named);
            String secret = matcher.matches() ? this.environment.get(matcher.group(1)) : null;
            if (secret == null) {
                throw new CommandFailed(
                        "registry %s: the variable %s is not set".formatted(document.path("name").asText(), named));
            }
            credential.put(FIELD, secret);
        }
    }

    /** Names a variable after the registry where it has a secret. */
    public static void name(ObjectNode registry) {
        if (registry.path("credential") instanceof ObjectNode credential
                && !credential.path("type").asText().equals("none")) {
            String upper = registry.path("name").asText().toUpperCase(Locale.ROOT);
            credential.put(FIELD,
                    "${" + upper.replaceAll("[^A-Z0-9]+", "_").replaceFirst("^(\\d)", "_$1") + "_SECRET}");
        }
    }

}
