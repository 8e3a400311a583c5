package cli.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes filters of the tags and repositories of a sync of regsync. */
record RegsyncTags(Draft draft, ObjectNode policy) {

    private static final Set<String> LISTS = Set.of("allow", "deny");

    void narrow(JsonNode given) {
        apply("name", "repos", given.path("repos"));
        List<JsonNode> sets = new ArrayList<>();
        JsonNode listed = given.path("tagSets");
        if (listed.isArray()) {
            listed.forEach(sets::add);
        }
        else if (listed.isContainerNode() || !listed.asText("").isEmpty()) {
            disable("tagSets, which is no list");
        }
        if (given.hasNonNull("tags")) {
            sets.add(given.path("tags"));
        }
        if (sets.size() == 1) {
            apply("tag", "tags", sets.getFirst());
        }
        else if (sets.size() > 1) {
            union(sets);
        }
    }

    /** A filter for the tags of any set; only lists of allowed tags can be joined. */
    private void union(List<JsonNode> sets) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode set : sets) {
            List<String> allow = texts("tagSets.allow", set.path("allow"));
            if (allow.isEmpty() || set.size() != 1) {
                disable("tagSets with more than lists of allowed tags");
                return;
            }
            allowed.addAll(allow);
        }
        this.draft.oneOf(this.policy, "tag", allowed);
    }

    private void apply(String type, String field, JsonNode lists) {
        if (lists.isNull() || lists.isMissingNode()) {
            return;
        }
        if (!lists.isObject()) {
            disable("%s, which is no lists allow and deny".formatted(field));
            return;
        }
        this.draft.oneOf(this.policy, type, texts(field + ".allow", lists.path("allow")));
        this.draft.noneOf(this.policy, type, texts(field + ".deny", lists.path("deny")));
        lists.propertyStream()
            .filter((list) -> !LISTS.contains(list.getKey()) && !nothing(list.getValue()))
            .map(Map.Entry::getKey)
            .forEach((list) -> disable(field + "." + list));
    }

    /** A single text counts as a list. */
    private List<String> texts(String field, JsonNode list) {
        if (list.isNull() || list.isMissingNode()) {
            return List.of();
        }
        if (list.isTextual()) {
            return List.of(list.asText());
        }
        if (!list.isArray() || list.valueStream().anyMatch((text) -> !text.isTextual())) {
            disable("%s, which is no list of expressions".formatted(field));
            return List.of();
        }
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static boolean nothing(JsonNode value) {
        return value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    private void disable(String missing) {
        this.draft.disable(this.policy, missing, "you write a filter for it");
    }

}
