package cli.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import cli.shared.CommandFailed;
import cli.shared.JsonTrees;
import cli.shared.NamedSecret;
import cli.shared.SecretFields;
import cli.shared.Secrets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * The steps that make a service match a document: registries before the policies that use
 * them, deletions in the reverse order. Every mistake that can be found without the
 * service is found before the first step.
 */
final class PolicyPlan {

    private static final String REGISTRY = "registry";

    private static final String POLICY = "policy";

    private final Service service;

    private final Map<String, String> registryIds = new HashMap<>();

    private final Map<String, String> policyIds = new HashMap<>();

    private final PolicySet present;

    private final PolicySet wanted;

    /** The secrets that the document names, by registry. */
    private final Map<String, List<NamedSecret>> secrets = new HashMap<>();

    private final List<Step> steps = new ArrayList<>();

    PolicyPlan(Service service, PolicySet wanted, Pruning pruning) {
        this.service = service;
        this.wanted = wanted;
        List<JsonNode> registries = service.list(Service.REGISTRIES + "?page_size=500");
        List<JsonNode> policies = service.list(Service.POLICIES + "?page_size=500");
        registries.forEach((each) -> this.registryIds.put(each.path("name").asText(), each.path("id").asText()));
        policies.forEach((each) -> this.policyIds.put(each.path("name").asText(), each.path("id").asText()));
        this.present = PolicySet.of(registries, policies);
        wanted.policies().values().forEach(this::complete);
        SecretFields fields = new SecretFields(service.get(Service.ADAPTERS));
        wanted.registries()
            .forEach((name, each) -> this.secrets.put(name, fields.in(each,
                    Optional.<JsonNode>ofNullable(this.present.registries().get(name)).orElseGet(JsonTrees::object))));
        wanted.registries()
            .forEach((name, each) -> compare(REGISTRY, this.present.registries(), name,
                    Secrets.without(each, named(name))));
        wanted.policies().forEach((name, each) -> compare(POLICY, this.present.policies(), name, each));
        if (pruning == Pruning.DELETE) {
            prune(POLICY, this.present.policies(), wanted.policies());
            prune(REGISTRY, this.present.registries(), wanted.registries());
        }
    }

    List<Step> steps() {
        return this.steps;
    }

    /** Whether the document names secrets; a service does not show them. */
    boolean namesSecrets() {
        return this.secrets.values().stream().anyMatch((each) -> !each.isEmpty());
    }

    private List<NamedSecret> named(String registry) {
        return this.secrets.getOrDefault(registry, List.of());
    }

    /**
     * Adds the registries that differ from the document at most in their secret.
     */
    void sendSecrets() {
        List<String> sent = this.steps.stream().filter((step) -> step.kind().equals(REGISTRY)).map(Step::name).toList();
        List<Step> others = new ArrayList<>();
        this.wanted.registries().forEach((name, _) -> {
            List<Difference> unknown = named(name).stream()
                .map((secret) -> new Difference(secret.path(), TextNode.valueOf("unknown"),
                        TextNode.valueOf(secret.written())))
                .toList();
            if (!unknown.isEmpty() && !sent.contains(name)) {
                others.add(new Step(Step.Action.CHANGED, REGISTRY, name, unknown));
            }
        });
        this.steps.addAll(0, others);
    }

    /** How many registries and policies match the document already. */
    long unchanged() {
        long named = (long) this.wanted.registries().size() + this.wanted.policies().size();
        return named - this.steps.stream().filter((step) -> step.action() != Step.Action.DELETED).count();
    }

    private void complete(ObjectNode policy) {
        for (String side : List.of("source", "destination")) {
            String name = policy.path(side).asText("");
            if (!this.wanted.registries().containsKey(name) && !this.registryIds.containsKey(name)) {
                throw new CommandFailed("policy %s: there is no registry \"%s\" for its %s"
                    .formatted(policy.path("name").asText(), name, side));
            }
        }
        // A policy without triggers is started by hand, and the service shows it with a
        // manual trigger.
        if (policy.path("triggers").isArray() && policy.path("triggers").isEmpty()) {
            policy.withArray("triggers").addObject().put("type", "manual");
        }
    }

    private void compare(String kind, Map<String, ObjectNode> there, String name, ObjectNode said) {
        ObjectNode known = there.get(name);
        if (known == null) {
            this.steps.add(new Step(Step.Action.CREATED, kind, name, List.of()));
            return;
        }
        List<Difference> differences = Difference.between(known, said);
        if (!differences.isEmpty()) {
            this.steps.add(new Step(Step.Action.CHANGED, kind, name, differences));
        }
    }

    private void prune(String kind, Map<String, ObjectNode> there, Map<String, ObjectNode> named) {
        there.keySet()
            .stream()
            .filter((name) -> !named.containsKey(name))
            .forEach((name) -> this.steps.add(new Step(Step.Action.DELETED, kind, name, List.of())));
    }

    /**
     * Executes the steps.
     * @param force also saves registries that do not answer
     */
    void carryOut(Secrets secrets, boolean force) {
        List<ObjectNode> bodies = this.steps.stream().map((step) -> body(step, secrets, force)).toList();
        for (int i = 0; i < bodies.size(); i++) {
            carryOut(this.steps.get(i), bodies.get(i));
        }
    }

    private ObjectNode body(Step step, Secrets secrets, boolean force) {
        if (step.action() == Step.Action.DELETED) {
            return JsonTrees.object();
        }
        if (step.kind().equals(POLICY)) {
            return over(this.present.policies().get(step.name()), this.wanted.policies(), step.name());
        }
        ObjectNode body = over(this.present.registries().get(step.name()), this.wanted.registries(), step.name());
        secrets.fill(body, named(step.name()));
        return force ? body.put("force", true) : body;
    }

    /** Fields that a document leaves out stay as they are. */
    private static ObjectNode over(@Nullable ObjectNode known, Map<String, ObjectNode> named, String name) {
        ObjectNode body = (known != null) ? known.deepCopy() : JsonTrees.object();
        return put(named.getOrDefault(name, JsonTrees.object()), body);
    }

    private static ObjectNode put(ObjectNode said, ObjectNode into) {
        said.properties().forEach((field) -> {
            if (field.getValue() instanceof ObjectNode part && into.path(field.getKey()) instanceof ObjectNode whole) {
                put(part, whole);
            }
            else {
                into.set(field.getKey(), field.getValue());
            }
        });
        return into;
    }

    private void carryOut(Step step, ObjectNode body) {
        boolean registry = step.kind().equals(REGISTRY);
        Map<String, String> ids = registry ? this.registryIds : this.policyIds;
        String path = registry ? Service.REGISTRIES : Service.POLICIES;
        if (!registry) {
            address(body, "source", "src_registry_id");
            address(body, "destination", "dest_registry_id");
        }
        switch (step.action()) {
            case CREATED -> ids.put(step.name(), this.service.post(path, body).path("id").asText());
            case CHANGED -> this.service.put(path + "/" + ids.get(step.name()), body);
            case DELETED -> this.service.delete(path + "/" + ids.get(step.name()));
        }
    }

    private void address(ObjectNode policy, String side, String field) {
        String id = this.registryIds.get(policy.path(side).asText());
        policy.remove(side);
        if (id != null) {
            policy.put(field, Long.parseLong(id));
        }
    }

    /** Whether to delete registries and policies that the document does not name. */
    enum Pruning {

        KEEP, DELETE

    }

}
