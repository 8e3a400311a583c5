package replication.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Policies by where the names of their repositories begin: which ones may want a
 * repository is found by its name, and not by asking all.
 */
public final class PolicyIndex {

    private static final String WILDCARDS = "*?[{\\";

    private final Map<String, List<Policy>> policies = new HashMap<>();

    public PolicyIndex(Collection<Policy> policies) {
        policies.forEach((policy) -> beginnings(policy).distinct()
            .forEach((beginning) -> this.policies.computeIfAbsent(beginning, (_) -> new ArrayList<>()).add(policy)));
    }

    /**
     * Those that may want a repository, once each: what else they ask for is not looked
     * at.
     */
    public Stream<Policy> concernedBy(String repository) {
        Stream<String> beginnings = Stream.iterate(repository, (name) -> !name.isEmpty(),
                NamespaceMapping::namespaceOf);
        return Stream.concat(beginnings, Stream.of(""))
            .flatMap((beginning) -> this.policies.getOrDefault(beginning, List.of()).stream())
            .distinct();
    }

    private static Stream<String> beginnings(Policy policy) {
        if (!policy.srcNamespaces().isEmpty()) {
            return policy.srcNamespaces().stream();
        }
        return policy.filters()
            .stream()
            .filter(Filter.Name.class::isInstance)
            .map(Filter.Name.class::cast)
            .filter((name) -> name.decoration() == Filter.Decoration.MATCHES)
            .findFirst()
            .map((name) -> beginnings(name.glob()))
            .orElse(Stream.of(""));
    }

    private static Stream<String> beginnings(Glob glob) {
        return glob.literals().map(List::stream).orElseGet(() -> Stream.of(plain(glob.toString())));
    }

    /** The components before the first one with a wildcard. */
    private static String plain(String pattern) {
        int end = 0;
        while (end < pattern.length() && WILDCARDS.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return NamespaceMapping.namespaceOf(pattern.substring(0, end));
    }

}
