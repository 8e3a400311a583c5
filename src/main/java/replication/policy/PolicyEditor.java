package replication.policy;

import java.util.List;
import java.util.Optional;

import oci.model.RegistryAddress;
import replication.Refusal;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.Adapters;
import replication.registry.NameRules;
import replication.registry.Registries;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RepositoryQuery;

/** Saves policies, and refuses those that their registries cannot serve. */
public final class PolicyEditor {

    private final Policies policies;

    private final Registries registries;

    private final Adapters adapters;

    private final FilterKinds filters;

    public PolicyEditor(Policies policies, Registries registries, Adapters adapters, FilterKinds filters) {
        this.policies = policies;
        this.registries = registries;
        this.adapters = adapters;
        this.filters = filters;
    }

    public Policy create(Policy policy) {
        check(policy);
        return this.policies.insert(policy);
    }

    public Policy update(Policy policy) {
        if (this.policies.find(policy.id()).isEmpty()) {
            throw new Refusal.Missing("policy", policy.id());
        }
        check(policy);
        return this.policies.update(policy);
    }

    /**
     * Checks that a policy can be executed.
     * @throws Refusal.Invalid if not, with the field
     */
    public void check(Policy policy) {
        Registry source = registry(policy.source().registryId(), "src_registry_id");
        Registry destination = registry(policy.destination().registryId(), "dest_registry_id");
        if (RegistryAddress.of(source.url()).equals(RegistryAddress.of(destination.url()))
                && policy.destination().namespace().isEmpty()) {
            throw new Refusal.Invalid("dest_namespace",
                    "source and destination are the same registry: a dest_namespace must tell them apart");
        }
        // What follows reads their values.
        List<Filter> wanted = policy.selection().filters();
        for (int i = 0; i < wanted.size(); i++) {
            this.filters.check("filters[" + i + "]", wanted.get(i));
        }
        AdapterInfo reads = this.adapters.of(source.type()).info();
        AdapterInfo writes = this.adapters.of(destination.type()).info();
        checkNames(policy, this.adapters.of(destination.type()), destination);
        checkAbilities(policy, reads, writes);
        for (int i = 0; i < policy.triggers().size(); i++) {
            declared("triggers[" + i + "].type", policy.triggers().get(i).type(), "trigger", reads, reads.triggers());
        }
        for (int i = 0; i < wanted.size(); i++) {
            String field = "filters[" + i + "]";
            declared(field + ".type", wanted.get(i).type(), "filter", reads, reads.filters());
            checkResource(wanted.get(i), field + ".value", List.of(reads, writes));
        }
    }

    /**
     * Checks the destination's namespaces as far as the policy names them. Below a source
     * namespace there may be more levels.
     */
    private static void checkNames(Policy policy, RegistryAdapter writes, Registry registry) {
        NameRules rules = writes.names(registry);
        String destination = policy.destination().namespace();
        List<String> sources = policy.source().namespaces();
        if (!destination.isEmpty()) {
            refuse("dest_namespace", sources.isEmpty() ? rules.fault(destination) : rules.faultBelow(destination));
        }
        else {
            for (int i = 0; i < sources.size(); i++) {
                refuse("src_namespaces[" + i + "]", rules.faultBelow(sources.get(i)));
            }
        }
        if (new RepositoryFilter(policy).query() instanceof RepositoryQuery.Named(List<String> names)) {
            NamespaceMapping mapping = NamespaceMapping.of(policy);
            names.stream()
                .flatMap((name) -> mapping.map(name).stream())
                .flatMap((name) -> writes.nameFault(registry, name).stream())
                .findFirst()
                .ifPresent((fault) -> refuse(destination.isEmpty() ? "filters" : "dest_namespace", Optional.of(fault)));
        }
    }

    private static void checkAbilities(Policy policy, AdapterInfo reads, AdapterInfo writes) {
        if (!reads.can(Ability.LIST) && new RepositoryFilter(policy).query() instanceof RepositoryQuery.Catalog) {
            throw new Refusal.Invalid("filters", reads.lacks(Ability.LIST)
                    + ": name the repositories in a filter of type \"name\", without wildcards");
        }
        if (policy.behaviour().deletion() && !writes.can(Ability.DELETE_TAG)) {
            throw new Refusal.Invalid("deletion", writes.lacks(Ability.DELETE_TAG));
        }
    }

    private static void refuse(String field, Optional<String> fault) {
        fault.ifPresent((reason) -> {
            throw new Refusal.Invalid(field, reason);
        });
    }

    private static void declared(String field, String type, String what, AdapterInfo adapter, List<String> declared) {
        if (!declared.contains(type)) {
            throw new Refusal.Invalid(field, "a source of type \"%s\" has no %s \"%s\"; it has %s"
                .formatted(adapter.identity(), what, type, String.join(", ", declared)));
        }
    }

    private Registry registry(long id, String field) {
        return this.registries.find(id)
            .orElseThrow(() -> new Refusal.Invalid(field, "there is no registry " + id))
            .registry();
    }

    private static void checkResource(Filter filter, String field, List<AdapterInfo> adapters) {
        if (!filter.type().equals(Filter.RESOURCE)) {
            return;
        }
        for (AdapterInfo adapter : adapters) {
            if (adapter.resourceTypes().stream().noneMatch((carried) -> carried.id().equals(filter.value()))) {
                throw new Refusal.Invalid(field, "registries of type \"%s\" do not carry the resource \"%s\""
                    .formatted(adapter.identity(), filter.value()));
            }
        }
    }

}
