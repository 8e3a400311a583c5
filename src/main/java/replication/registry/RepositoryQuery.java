package replication.registry;

import java.util.List;

/** Narrows a listing of repositories. */
public sealed interface RepositoryQuery {

    RepositoryQuery ALL = new Catalog(List.of());

    /**
     * What the registry's catalog has.
     *
     * @param namespaces only what lies in one of these or below; empty for all
     */
    record Catalog(List<String> namespaces) implements RepositoryQuery {

        public Catalog {
            namespaces = List.copyOf(namespaces);
        }

        /** Whether a repository lies where this one looks. */
        public boolean holds(String repository) {
            return this.namespaces.isEmpty()
                    || this.namespaces.stream().anyMatch((namespace) -> repository.startsWith(namespace + "/"));
        }

    }

    /**
     * What a policy names without any wildcard. An adapter need not list a catalog then.
     *
     * @param names exactly these; none where the policy wants none
     */
    record Named(List<String> names) implements RepositoryQuery {

        public Named {
            names = List.copyOf(names);
        }

    }

}
