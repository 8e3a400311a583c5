package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import replication.registry.RegistryConnection;

/**
 * A filter of names, by a glob or a regular expression.
 *
 * @param found whether a name is what the filter looks for
 * @param literals all names that are, where they are few and known
 * @param beginning what they all begin with, in whole components; empty for anything
 * @param matches whether it accepts what it finds, rather than all else
 */
record NamePattern(Predicate<String> found, Optional<List<String>> literals, String beginning, boolean matches) {

    private static final String WILDCARDS = "*?[{\\";

    /**
     * A policy's filters of a type and of its form with a regular expression, in their
     * order.
     */
    static List<NamePattern> of(Policy policy, String type) {
        return policy.selection()
            .filters()
            .stream()
            .filter((filter) -> isOf(type, filter))
            .map(NamePattern::of)
            .toList();
    }

    static boolean isOf(String type, Filter filter) {
        return filter.type().equals(type) || filter.type().equals(type + Filter.REGEX);
    }

    /**
     * Reads a filter.
     * @throws IllegalArgumentException if its value is malformed; the message says what
     * is wrong
     */
    static NamePattern of(Filter filter) {
        if (filter.type().endsWith(Filter.REGEX)) {
            return new NamePattern(regex(filter.value())::matches, Optional.empty(), "", filter.accepts(true));
        }
        Glob glob = Glob.of(filter.value());
        return new NamePattern(glob::matches, glob.literals(), componentsBeforeWildcard(filter.value()),
                filter.accepts(true));
    }

    private static Pattern regex(String value) {
        if (value.isEmpty() || value.length() > Glob.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a regular expression has 1 to %d characters".formatted(Glob.MAX_LENGTH));
        }
        try {
            return Pattern.compile(value);
        }
        catch (PatternSyntaxException ex) {
            throw new IllegalArgumentException(ex.getMessage(), ex);
        }
    }

    boolean accepts(String name) {
        return this.found.test(name) == this.matches;
    }

    /**
     * All names that all of the patterns accept, where one of them names them without any
     * wildcard; empty if none does.
     */
    static Optional<List<String>> spelledOut(List<NamePattern> patterns) {
        return patterns.stream()
            .filter(NamePattern::matches)
            .flatMap((pattern) -> pattern.literals.stream())
            .findFirst()
            .map((names) -> names.stream()
                .filter((name) -> patterns.stream().allMatch((pattern) -> pattern.accepts(name)))
                .toList());
    }

    /** Where the names begin that it matches. */
    Stream<String> beginnings() {
        return this.literals.map(List::stream).orElseGet(() -> Stream.of(this.beginning));
    }

    /** The namespaces of what it matches, or those above; empty for anywhere. */
    Stream<String> namespaces() {
        return this.literals.map((names) -> names.stream().map(RegistryConnection::namespaceOf))
            .orElseGet(() -> Stream.of(this.beginning));
    }

    private static String componentsBeforeWildcard(String pattern) {
        int end = 0;
        while (end < pattern.length() && WILDCARDS.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return RegistryConnection.namespaceOf(pattern.substring(0, end));
    }

}
