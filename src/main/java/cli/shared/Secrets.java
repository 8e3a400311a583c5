package cli.shared;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The secrets of a document. It has only the names of their variables, {@code ${NAME}},
 * so that it can be kept in a repository.
 */
public record Secrets(Map<String, String> environment) {

    /** The registry without its secrets. */
    public static ObjectNode without(ObjectNode registry, List<NamedSecret> secrets) {
        ObjectNode rest = registry.deepCopy();
        secrets.forEach((secret) -> secret.remove(rest));
        return rest;
    }

    /**
     * Replaces the names of a registry's secrets by their values before it is sent.
     * @throws CommandFailed if a variable is not set
     */
    public void fill(ObjectNode registry, List<NamedSecret> secrets) {
        secrets.forEach((secret) -> secret.put(registry, value(registry, secret)));
    }

    private String value(ObjectNode registry, NamedSecret secret) {
        String value = this.environment.get(secret.variable());
        if (value == null) {
            throw new CommandFailed("registry %s: the variable %s is not set".formatted(registry.path("name").asText(),
                    secret.written()));
        }
        return value;
    }

    /** Names a variable after the registry for the secret of a user or token. */
    public static void name(ObjectNode registry) {
        if (registry.path("credential") instanceof ObjectNode credential
                && !credential.path("type").asText().equals("none")) {
            credential.put("access_secret", SecretFields.variable(registry, "access_secret"));
        }
    }

}
