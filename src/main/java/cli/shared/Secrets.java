package cli.shared;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The secrets of a document. It has only the names of their variables, {@code ${NAME}},
 * so that it can be kept in a repository.
 */
public record Secrets(Map<String, String> environment) {

    private static final String FIELD = "access_secret";

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /**
     * The registry without its secrets.
     * @throws CommandFailed if the document has a secret itself
     */
    public static ObjectNode without(ObjectNode registry) {
        ObjectNode rest = registry.deepCopy();
        if (rest.path("credential") instanceof ObjectNode credential) {
            if (credential.has(FIELD) && !variable(credential.path(FIELD)).matches()) {
                throw new CommandFailed(
                        "registry %s: %s must name a variable, as in ${NAME}; secrets do not belong here"
                            .formatted(registry.path("name").asText(), FIELD));
            }
            credential.remove(named(registry).keySet());
        }
        return rest;
    }

    /**
     * The variables that the document names, as {@code ${NAME}}, by the credential's
     * field.
     */
    public static Map<String, JsonNode> named(ObjectNode registry) {
        return registry.path("credential")
            .propertyStream()
            .filter((field) -> variable(field.getValue()).matches())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Matcher variable(JsonNode value) {
        return NAMED.matcher(value.asText(""));
    }

    /** Replaces the names of a registry's secrets by their values before it is sent. */
    public void fill(ObjectNode document, ObjectNode sent) {
        if (sent.path("credential") instanceof ObjectNode credential) {
            named(document).forEach((field, named) -> credential.put(field, secret(document, named)));
        }
    }

    private String secret(ObjectNode document, JsonNode named) {
        Matcher variable = variable(named);
        String secret = variable.matches() ? this.environment.get(variable.group(1)) : null;
        if (secret == null) {
            throw new CommandFailed("registry %s: the variable %s is not set".formatted(document.path("name").asText(),
                    named.asText()));
        }
        return secret;
    }

    /** Names a variable after the registry if that has a secret. */
    public static void name(ObjectNode registry) {
        if (registry.path("credential") instanceof ObjectNode credential
                && !credential.path("type").asText().equals("none")) {
            String upper = registry.path("name").asText().toUpperCase(Locale.ROOT);
            credential.put(FIELD,
                    "${" + upper.replaceAll("[^A-Z0-9]+", "_").replaceFirst("^(\\d)", "_$1") + "_SECRET}");
        }
    }

}
