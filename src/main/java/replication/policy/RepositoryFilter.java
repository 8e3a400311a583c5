package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import replication.ResourceType;
import replication.registry.RepositoryQuery;

/** What a policy's filters say about whole repositories. */
public final class RepositoryFilter {

    private final Policy policy;

    private final List<NamePattern> names;

    public RepositoryFilter(Policy policy) {
        this.policy = policy;
        this.names = NamePattern.of(policy, Filter.NAME);
    }

    public boolean accepts(String repository) {
        return this.names.stream().allMatch((name) -> name.accepts(repository));
    }

    public boolean accepts(ResourceType type) {
        return this.policy.selection()
            .filters()
            .stream()
            .filter((filter) -> filter.type().equals(Filter.RESOURCE))
            .allMatch((filter) -> filter.accepts(filter.value().equals(type.id())));
    }

    /**
     * The repositories to ask the source for: those that a name filter without wildcard
     * names, or else its catalog.
     */
    public RepositoryQuery query() {
        return spelledOut().<RepositoryQuery>map(RepositoryQuery.Named::new)
            .orElseGet(() -> new RepositoryQuery.Catalog(namespaces()));
    }

    /** Where all accepted repositories lie; empty for anywhere. */
    private List<String> namespaces() {
        if (!this.policy.source().namespaces().isEmpty()) {
            return this.policy.source().namespaces();
        }
        return this.names.stream()
            .filter(NamePattern::matches)
            .map((name) -> name.namespaces().distinct().toList())
            .filter((within) -> !within.contains(""))
            .findFirst()
            .orElse(List.of());
    }

    /** Whether the policy wants this repository by its name and not by a wildcard. */
    public boolean spellsOut(String repository) {
        return spelledOut().filter((names) -> names.contains(repository)).isPresent();
    }

    private Optional<List<String>> spelledOut() {
        NamespaceMapping mapping = NamespaceMapping.of(this.policy);
        return NamePattern.spelledOut(this.names)
            .map((names) -> names.stream().filter((name) -> mapping.map(name).isPresent()).toList());
    }

    /** Where the names of the accepted repositories begin; an empty text for anywhere. */
    Stream<String> beginnings() {
        if (!this.policy.source().namespaces().isEmpty()) {
            return this.policy.source().namespaces().stream();
        }
        return this.names.stream()
            .filter(NamePattern::matches)
            .findFirst()
            .map(NamePattern::beginnings)
            .orElse(Stream.of(""));
    }

}
