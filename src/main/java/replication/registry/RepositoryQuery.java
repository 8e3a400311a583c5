package replication.registry;

import java.util.List;

/**
 * Narrows a listing of repositories.
 *
 * @param namespaces only what lies in one of these or below; empty for all
 * @param names where a policy names repositories without any wildcard, exactly those; an
 * adapter need not list a catalog then. Empty where it has to.
 */
public record RepositoryQuery(List<String> namespaces, List<String> names) {

    public static final RepositoryQuery ALL = new RepositoryQuery(List.of(), List.of());

    public RepositoryQuery {
        namespaces = List.copyOf(namespaces);
        names = List.copyOf(names);
    }

}
