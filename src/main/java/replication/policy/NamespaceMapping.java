package replication.policy;

import java.util.List;
import java.util.Optional;

/**
 * Maps a source repository to its name at the destination. A repository's namespace is
 * its name without the last component. Repositories in or below a source namespace are
 * taken. A destination namespace replaces that source namespace, or the repository's
 * whole namespace if no source namespaces are named; without one the name is kept.
 */
public record NamespaceMapping(List<String> sources, String destination) {

    public static NamespaceMapping of(Policy policy) {
        return new NamespaceMapping(policy.source().namespaces(), policy.destination().namespace());
    }

    /**
     * The repository's name at the destination; empty if no source namespace holds it.
     */
    public Optional<String> map(String repository) {
        if (this.sources.isEmpty()) {
            return Optional.of(under(repository.substring(repository.lastIndexOf('/') + 1), repository));
        }
        // The longest that fits is taken, so that their order does not matter.
        return this.sources.stream()
            .filter((namespace) -> repository.startsWith(namespace + "/"))
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .map((namespace) -> under(repository.substring(namespace.length() + 1), repository));
    }

    private String under(String name, String repository) {
        return this.destination.isEmpty() ? repository : this.destination + "/" + name;
    }

}
