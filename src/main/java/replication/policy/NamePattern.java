package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import replication.registry.RegistryConnection;

/**
 * A filter whose value is a glob over names.
 *
 * @param matches whether it accepts what the glob matches, rather than all else
 */
record NamePattern(Glob glob, boolean matches) {

    private static final String WILDCARDS = "*?[{\\";

    /** A policy's filters of a type, in their order. */
    static List<NamePattern> of(Policy policy, String type) {
        return policy.selection()
            .filters()
            .stream()
            .filter((filter) -> filter.type().equals(type))
            .map((filter) -> new NamePattern(Glob.of(filter.value()), filter.accepts(true)))
            .toList();
    }

    boolean accepts(String name) {
        return this.glob.matches(name) == this.matches;
    }

    /**
     * All names that all of the patterns accept, where one of them names them without any
     * wildcard; empty if none does.
     */
    static Optional<List<String>> spelledOut(List<NamePattern> patterns) {
        return patterns.stream()
            .filter(NamePattern::matches)
            .flatMap((pattern) -> pattern.glob.literals().stream())
            .findFirst()
            .map((names) -> names.stream()
                .filter((name) -> patterns.stream().allMatch((pattern) -> pattern.accepts(name)))
                .toList());
    }

    /** Where the names begin that the glob matches. */
    Stream<String> beginnings() {
        return this.glob.literals().map(List::stream).orElseGet(() -> Stream.of(componentsBeforeWildcard()));
    }

    private String componentsBeforeWildcard() {
        String pattern = this.glob.toString();
        int end = 0;
        while (end < pattern.length() && WILDCARDS.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return RegistryConnection.namespaceOf(pattern.substring(0, end));
    }

}
