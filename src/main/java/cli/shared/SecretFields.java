package cli.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Which fields of a registry are secrets, as a service's adapters declare them. A field
 * that nobody has declared as public counts as a secret, because it may be one.
 *
 * @param adapters the answer of {@code GET /api/replication/adapters}
 */
public record SecretFields(JsonNode adapters) {

    /** The public fields of every registry; the service shows all of them. */
    private static final Set<String> PUBLIC = Set.of("name", "description", "registry_type", "url", "insecure",
            "credential", "settings", "ca_certificate", "proxy_url", "proxy_user", "max_tasks", "bandwidth",
            "requests_per_second", "force", "id", "status", "status_text", "hint", "status_time", "capabilities",
            "client_certificate_subject", "client_certificate_end");

    private static final String CREDENTIAL = "credential";

    private static final String SETTINGS = "settings";

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /**
     * The variables that a document names for the secrets of a registry.
     * @param known the registry as the service shows it, which has what the document
     * leaves out; a missing node if there is none
     * @throws CommandFailed if the document has a secret itself, without the secret
     */
    public List<NamedSecret> in(ObjectNode registry, JsonNode known) {
        JsonNode adapter = adapter(text(registry, known, "/registry_type"));
        JsonNode kind = kind(adapter, text(registry, known, "/credential/type"));
        List<NamedSecret> found = new ArrayList<>();
        gather(registry, "", (key) -> PUBLIC.contains(key) || known.has(key), found);
        gather(registry, SETTINGS, (key) -> shown(adapter.path(SETTINGS), key), found);
        gather(registry, CREDENTIAL, (key) -> key.equals("type") || shown(kind.path("fields"), key), found);
        return found;
    }

    private static void gather(ObjectNode registry, String within, Predicate<String> open, List<NamedSecret> found) {
        JsonNode part = within.isEmpty() ? registry : registry.path(within);
        if (!part.isObject() && !part.isMissingNode() && !part.isNull()) {
            throw new CommandFailed("registry %s: %s must be an object".formatted(name(registry), within));
        }
        part.properties().forEach((field) -> {
            Optional<String> variable = variable(field.getValue());
            boolean secret = !open.test(field.getKey());
            // A user's name may come from a variable as well.
            if (variable.isPresent() && (secret || within.equals(CREDENTIAL))) {
                found.add(new NamedSecret(within, field.getKey(), variable.get()));
            }
            else if (secret && !nothing(field.getValue())) {
                throw new CommandFailed(
                        "registry %s: %s must name a variable, as in ${NAME}; secrets do not belong here"
                            .formatted(name(registry), new NamedSecret(within, field.getKey(), "").path()));
            }
        });
    }

    private static boolean nothing(JsonNode value) {
        return value.isNull() || (value.isTextual() && value.asText().isEmpty());
    }

    /**
     * Names a variable after the registry for each secret that it has or needs.
     * @param registry gets the names
     * @param shown the same as the service shows it
     */
    public void name(ObjectNode registry, JsonNode shown) {
        JsonNode kind = kind(adapter(text(registry, registry, "/registry_type")),
                text(registry, registry, "/credential/type"));
        kind.path("fields")
            .valueStream()
            .filter((field) -> field.path("type").asText().equals("secret") && field.path("required").asBoolean())
            .map((field) -> field.path("key").asText())
            .forEach((key) -> registry.withObject("/" + CREDENTIAL).put(key, variable(registry, key)));
        if (shown.hasNonNull("client_certificate_subject")) {
            registry.put("client_certificate", variable(registry, "client_certificate"));
            registry.put("client_key", variable(registry, "client_key"));
        }
        if (!registry.path("proxy_user").asText("").isEmpty()) {
            registry.put("proxy_password", variable(registry, "proxy_password"));
        }
    }

    /** Such as {@code ${HUB_SECRET}} for the access secret of a registry {@code hub}. */
    static String variable(ObjectNode registry, String key) {
        String upper = (name(registry) + "_" + (key.equals("access_secret") ? "secret" : key)).toUpperCase(Locale.ROOT);
        return "${" + upper.replaceAll("[^A-Z0-9]+", "_").replaceFirst("^(\\d)", "_$1") + "}";
    }

    private static Optional<String> variable(JsonNode value) {
        Matcher named = NAMED.matcher(value.asText(""));
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }

    private JsonNode adapter(String type) {
        return named(this.adapters, "identity", type);
    }

    private static JsonNode kind(JsonNode adapter, String type) {
        return named(adapter.path("credential_kinds"), "type", type);
    }

    private static JsonNode named(JsonNode all, String field, String name) {
        return all.valueStream()
            .filter((each) -> each.path(field).asText().equals(name))
            .findFirst()
            .orElseGet(JsonTrees::object);
    }

    private static boolean shown(JsonNode fields, String key) {
        JsonNode field = named(fields, "key", key);
        return !field.isEmpty() && !field.path("type").asText("secret").equals("secret");
    }

    private static String text(JsonNode registry, JsonNode known, String pointer) {
        String said = registry.at(pointer).asText("");
        return said.isEmpty() ? known.at(pointer).asText("") : said;
    }

    private static String name(JsonNode registry) {
        return registry.path("name").asText();
    }

}
