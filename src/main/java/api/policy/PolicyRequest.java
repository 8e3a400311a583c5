package api.policy;

import java.util.List;

import api.Bounded;
import api.Required;
import api.registry.RegistryRequest;
import com.google.re2j.Pattern;
import replication.Refusal;
import replication.access.Caller;
import replication.policy.Filter;
import replication.policy.Glob;
import replication.policy.Policy;

/** The bounds of a policy in a request, beyond those of its own records. */
public final class PolicyRequest {

    /**
     * Repository names by the distribution specification ("Pulling manifests"); matched
     * in linear time, which a backtracking engine would not do.
     */
    private static final Pattern NAMESPACE = Pattern
        .compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private PolicyRequest() {
    }

    /**
     * Accepts a policy as a client wrote it. Fields that only the service sets ({@code
     * id}, {@code creator}, the times) are ignored.
     * @param id the id under which it is saved
     * @throws Refusal.Invalid if a field is missing or exceeds a bound
     */
    public static Policy accept(Policy asked, long id, Caller caller) {
        String name = RegistryRequest.name("name", asked.name());
        Bounded.text("description", asked.description(), Bounded.DESCRIPTION);
        Required.id("src_registry_id", asked.source().registryId());
        Required.id("dest_registry_id", asked.destination().registryId());
        namespaces(asked.source().namespaces());
        if (!asked.destination().namespace().isEmpty()) {
            namespace("dest_namespace", asked.destination().namespace());
        }
        filters(asked.selection().filters());
        Bounded.list("triggers", asked.triggers(), Bounded.TRIGGERS);
        return asked.named(name).askedBy(caller.name(), id);
    }

    private static void namespaces(List<String> namespaces) {
        Bounded.list("src_namespaces", namespaces, Bounded.NAMESPACES);
        for (int i = 0; i < namespaces.size(); i++) {
            namespace("src_namespaces[" + i + "]", namespaces.get(i));
        }
    }

    private static void namespace(String field, String namespace) {
        if (!NAMESPACE.matcher(Bounded.text(field, namespace, Bounded.NAMESPACE)).matches()) {
            throw new Refusal.Invalid(field,
                    "a namespace is lower-case components joined by /, such as org/team, not \"" + namespace + "\"");
        }
    }

    private static void filters(List<Filter> filters) {
        Bounded.list("filters", filters, Bounded.FILTERS);
        for (int i = 0; i < filters.size(); i++) {
            filter("filters[" + i + "]", filters.get(i));
        }
    }

    private static void filter(String field, Filter filter) {
        Required.text(field + ".type", filter.type(), Bounded.ACCOUNT);
        Required.text(field + ".value", filter.value(), Glob.MAX_LENGTH);
    }

}
