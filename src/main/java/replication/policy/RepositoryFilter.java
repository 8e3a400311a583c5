package replication.policy;

import java.util.List;
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
     * no wildcard.
     */
    public RepositoryQuery query() {
        List<String> spelledOut = names().filter((name) -> name.decoration() == Filter.Decoration.MATCHES)
            .map((name) -> name.glob().literals())
            .filter((literals) -> !literals.isEmpty())
            .findFirst()
            .orElse(List.of());
        return new RepositoryQuery(this.policy.srcNamespaces(), spelledOut);
    }

    private Stream<Filter.Name> names() {
        return this.policy.filters().stream().filter(Filter.Name.class::isInstance).map(Filter.Name.class::cast);
    }

}
