package replication.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import replication.ResourceType;
import replication.registry.RepositoryQuery;

/** What a policy's filters say about whole repositories. */
public record RepositoryFilter(Policy policy) {

    public boolean accepts(String repository) {
        return names().allMatch((name) -> name.accepts(repository));
    }

    public boolean accepts(ResourceType type) {
        return this.policy.filters()
            .stream()
            .filter(Filter.Resource.class::isInstance)
            .map(Filter.Resource.class::cast)
            .allMatch((filter) -> filter.resource() == type);
    }

    /**
     * What to ask of the source: exactly the named repositories where a name filter has
     * no wildcard, and otherwise its catalog.
     */
    public RepositoryQuery query() {
        return spelledOut().<RepositoryQuery>map(RepositoryQuery.Named::new)
            .orElseGet(() -> new RepositoryQuery.Catalog(this.policy.srcNamespaces()));
    }

    /** Whether the policy wants this repository by its name and not by a wildcard. */
    public boolean spellsOut(String repository) {
        return spelledOut().filter((names) -> names.contains(repository)).isPresent();
    }

    private Optional<List<String>> spelledOut() {
        NamespaceMapping mapping = NamespaceMapping.of(this.policy);
        return names().filter((name) -> name.decoration() == Filter.Decoration.MATCHES)
            .flatMap((name) -> name.glob().literals().stream())
            .findFirst()
            .map((names) -> names.stream().filter((name) -> accepts(name) && mapping.map(name).isPresent()).toList());
    }

    private Stream<Filter.Name> names() {
        return this.policy.filters().stream().filter(Filter.Name.class::isInstance).map(Filter.Name.class::cast);
    }

}
