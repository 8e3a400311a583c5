package replication.policy;

import java.util.List;
import java.util.Optional;

/**
 * Where a source repository goes. A repository's namespace is all of its name but the
 * last component. What lies in one of the source namespaces, or below, is taken; with a
 * destination namespace, that source namespace is replaced by it (with no source
 * namespaces named: the repository's whole namespace), and without one the name is kept.
 */
public record NamespaceMapping(List<String> sources, String destination) {

    public static NamespaceMapping of(Policy policy) {
        return new NamespaceMapping(policy.source().namespaces(), policy.destination().namespace());
    }

    /**
     * The repository's name at the destination; empty where no source namespace holds it.
     */
    public Optional<String> map(String repository) {
        if (this.sources.isEmpty()) {
            return Optional.of(under(repository.substring(repository.lastIndexOf('/') + 1), repository));
        }
        // The longest that fits, so that the order in which they are written does not
        // matter.
        return this.sources.stream()
            .filter((namespace) -> repository.startsWith(namespace + "/"))
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .map((namespace) -> under(repository.substring(namespace.length() + 1), repository));
    }

    private String under(String name, String repository) {
        return this.destination.isEmpty() ? repository : this.destination + "/" + name;
    }

    /** The namespace of a repository; empty for one without. */
    public static String namespaceOf(String repository) {
        return repository.substring(0, Math.max(0, repository.lastIndexOf('/')));
    }

}
