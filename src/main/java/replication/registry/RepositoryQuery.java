package replication.registry;

import java.util.List;

/** Narrows a listing of repositories. */
public sealed interface RepositoryQuery {

    RepositoryQuery ALL = new Catalog(List.of());

    /**
     * All repositories of the registry's catalog.
     *
     * @param namespaces only repositories in one of these or below; empty for all
     */
    record Catalog(List<String> namespaces) implements RepositoryQuery {

        public Catalog {
            namespaces = List.copyOf(namespaces);
        }

        /** Whether a repository lies in these namespaces. */
        public boolean holds(String repository) {
            return this.namespaces.isEmpty()
                    || this.namespaces.stream().anyMatch((namespace) -> repository.startsWith(namespace + "/"));
        }

    }

    /**
     * The repositories that a policy names without any wildcard. An adapter need not list
     * a catalog for them.
     *
     * @param names exactly these; none if the policy wants none
     */
    record Named(List<String> names) implements RepositoryQuery {

        public Named {
            names = List.copyOf(names);
        }

    }

}
