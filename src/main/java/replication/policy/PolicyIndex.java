package replication.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import replication.registry.RegistryConnection;

/**
 * Policies by the beginnings of their repositories' names, so that the policies that may
 * want a repository are found without asking all.
 */
public final class PolicyIndex {

    private final Map<String, List<Policy>> policies = new HashMap<>();

    public PolicyIndex(Collection<Policy> policies) {
        policies.forEach((policy) -> new RepositoryFilter(policy).beginnings()
            .distinct()
            .forEach((beginning) -> this.policies.computeIfAbsent(beginning, (_) -> new ArrayList<>()).add(policy)));
    }

    /**
     * The policies that may want a repository, once each; only the beginning of its name
     * is compared.
     */
    public Stream<Policy> concernedBy(String repository) {
        Stream<String> beginnings = Stream.iterate(repository, (name) -> !name.isEmpty(),
                RegistryConnection::namespaceOf);
        return Stream.concat(beginnings, Stream.of(""))
            .flatMap((beginning) -> this.policies.getOrDefault(beginning, List.of()).stream())
            .distinct();
    }

}
