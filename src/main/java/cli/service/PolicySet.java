package cli.service;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import cli.shared.CommandFailed;
import cli.shared.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * All registries and policies of a service as one document. They are identified by name,
 * and fields that depend on one service are left out. It is read from a service or a
 * file; fields that this program does not know are kept.
 *
 * @param registries by name
 * @param policies by name; registries are named in {@code source} and {@code destination}
 */
public record PolicySet(SortedMap<String, ObjectNode> registries, SortedMap<String, ObjectNode> policies) {

    private static final Set<String> FIELDS = Set.of("registries", "policies");

    private static final Set<String> REGISTRY_READ_ONLY = Set.of("id", "status", "status_text", "hint", "status_time",
            "capabilities", "client_certificate_subject", "client_certificate_end");

    private static final Set<String> POLICY_READ_ONLY = Set.of("id", "creator", "creation_time", "update_time",
            "src_registry_id", "dest_registry_id");

    /** The document of a service. */
    public static PolicySet of(List<JsonNode> registries, List<JsonNode> policies) {
        Function<JsonNode, String> id = (registry) -> registry.path("id").asText();
        var names = registries.stream().collect(Collectors.toMap(id, (registry) -> registry.path("name").asText()));
        PolicySet set = new PolicySet(new TreeMap<>(), new TreeMap<>());
        registries.forEach((registry) -> add(set.registries, without(registry, REGISTRY_READ_ONLY)));
        for (JsonNode policy : policies) {
            ObjectNode kept = JsonTrees.object().put("name", policy.path("name").asText());
            kept.put("source", names.getOrDefault(policy.path("src_registry_id").asText(), ""));
            kept.put("destination", names.getOrDefault(policy.path("dest_registry_id").asText(), ""));
            kept.setAll(without(policy, POLICY_READ_ONLY));
            // The next times are computed.
            kept.path("triggers").forEach((trigger) -> {
                if (trigger.path("trigger_settings") instanceof ObjectNode settings) {
                    settings.remove("next_times");
                }
            });
            add(set.policies, kept);
        }
        return set;
    }

    private static ObjectNode without(JsonNode whole, Set<String> hidden) {
        ObjectNode kept = JsonTrees.object();
        whole.properties()
            .stream()
            .filter((field) -> !hidden.contains(field.getKey()) && !field.getValue().isNull())
            .forEach((field) -> kept.set(field.getKey(), field.getValue().deepCopy()));
        return kept;
    }

    /**
     * Reads the document of a file.
     * @throws CommandFailed if it is no such document; the message says why
     */
    public static PolicySet of(JsonNode document) {
        if (!document.isObject()) {
            throw new CommandFailed("the document has no registries and no policies");
        }
        document.properties().forEach((field) -> {
            if (!FIELDS.contains(field.getKey())) {
                throw new CommandFailed("the document has registries and policies, but no " + field.getKey());
            }
        });
        PolicySet set = new PolicySet(new TreeMap<>(), new TreeMap<>());
        each(document, "registries").forEach((registry) -> add(set.registries, registry));
        each(document, "policies").forEach((policy) -> add(set.policies, policy));
        return set;
    }

    private static List<ObjectNode> each(JsonNode document, String field) {
        JsonNode list = document.path(field);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw new CommandFailed(field + " must be a list");
        }
        return list.valueStream().map((each) -> {
            if (each instanceof ObjectNode object && !object.path("name").asText("").isEmpty()) {
                return object;
            }
            // The entry itself may have a secret.
            throw new CommandFailed("an entry of %s has no name".formatted(field));
        }).toList();
    }

    private static void add(Map<String, ObjectNode> kind, ObjectNode named) {
        String name = named.path("name").asText();
        if (kind.put(name, named) != null) {
            throw new CommandFailed("the document has two entries of the name " + name);
        }
    }

    public ObjectNode document() {
        ObjectNode document = JsonTrees.object();
        ArrayNode first = document.putArray("registries");
        this.registries.values().forEach(first::add);
        ArrayNode second = document.putArray("policies");
        this.policies.values().forEach(second::add);
        return document;
    }

}
