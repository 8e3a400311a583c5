package store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import replication.ResourceType;
import replication.policy.Cron;
import replication.policy.Filter;
import replication.policy.Glob;
import replication.policy.Policy;
import replication.policy.Trigger;

/**
 * A policy as JSON in the database: its own column, and the snapshot that an execution
 * keeps.
 */
final class PolicyJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PolicyJson() {
    }

    static String write(Policy policy) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", policy.id()).put("name", policy.name()).put("description", policy.description());
        node.put("creator", policy.creator());
        node.put("src_registry_id", policy.srcRegistryId()).put("dest_registry_id", policy.destRegistryId());
        policy.srcNamespaces().forEach(node.putArray("src_namespaces")::add);
        node.put("dest_namespace", policy.destNamespace());
        policy.filters().forEach((filter) -> write(filter, node.withArray("/filters").addObject()));
        policy.triggers().forEach((trigger) -> write(trigger, node.withArray("/triggers").addObject()));
        node.put("deletion", policy.deletion()).put("override", policy.override()).put("enabled", policy.enabled());
        return node.toString();
    }

    private static void write(Filter filter, ObjectNode node) {
        node.put("type", filter.type());
        switch (filter) {
            case Filter.Name(Glob glob, Filter.Decoration decoration) -> write(glob, decoration, node);
            case Filter.Tag(Glob glob, Filter.Decoration decoration) -> write(glob, decoration, node);
            case Filter.Resource(ResourceType resource) -> node.put("value", resource.id());
        }
    }

    private static void write(Glob glob, Filter.Decoration decoration, ObjectNode node) {
        node.put("value", glob.toString()).put("decoration", decoration.name().toLowerCase(Locale.ROOT));
    }

    private static void write(Trigger trigger, ObjectNode node) {
        node.put("type", trigger.type());
        if (trigger instanceof Trigger.Scheduled(Cron cron)) {
            node.put("cron", cron.text());
        }
    }

    static Policy read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            List<String> namespaces = new ArrayList<>();
            node.withArray("/src_namespaces").forEach((namespace) -> namespaces.add(namespace.asText()));
            return new Policy(node.get("id").asLong(), node.get("name").asText(), node.get("description").asText(),
                    node.get("creator").asText(), null, null, node.get("src_registry_id").asLong(), namespaces,
                    node.get("dest_registry_id").asLong(), node.get("dest_namespace").asText(), filters(node),
                    triggers(node), node.get("deletion").asBoolean(), node.get("override").asBoolean(),
                    node.get("enabled").asBoolean());
        }
        catch (JsonProcessingException ex) {
            throw new IllegalStateException("a saved policy is not JSON", ex);
        }
    }

    private static List<Filter> filters(JsonNode node) {
        List<Filter> filters = new ArrayList<>();
        for (JsonNode filter : (ArrayNode) node.withArray("/filters")) {
            String value = filter.get("value").asText();
            filters.add(switch (filter.get("type").asText()) {
                case "name" -> new Filter.Name(Glob.of(value), decoration(filter));
                case "tag" -> new Filter.Tag(Glob.of(value), decoration(filter));
                case "resource" -> new Filter.Resource(ResourceType.valueOf(value.toUpperCase(Locale.ROOT)));
                default -> throw new IllegalStateException("a saved policy has the filter " + filter);
            });
        }
        return filters;
    }

    private static Filter.Decoration decoration(JsonNode filter) {
        return Filter.Decoration.valueOf(filter.get("decoration").asText().toUpperCase(Locale.ROOT));
    }

    private static List<Trigger> triggers(JsonNode node) {
        List<Trigger> triggers = new ArrayList<>();
        for (JsonNode trigger : (ArrayNode) node.withArray("/triggers")) {
            triggers.add(switch (trigger.get("type").asText()) {
                case "manual" -> new Trigger.Manual();
                case "scheduled" -> new Trigger.Scheduled(new Cron(trigger.get("cron").asText()));
                case "event" -> new Trigger.Event();
                default -> throw new IllegalStateException("a saved policy has the trigger " + trigger);
            });
        }
        return triggers;
    }

}
