package replication.registry;

import java.util.Optional;
import java.util.stream.Stream;

import oci.model.RegistryFailure;

/**
 * A connection to one registry, safe for many threads. It reuses connections and tokens,
 * so callers keep it. Every method throws {@link RegistryFailure} if the registry fails.
 */
public interface RegistryConnection extends AutoCloseable {

    /** Checks that the registry speaks the V2 API and accepts the credential. */
    void check();

    /**
     * One line about the account that the registry accepts, as far as it has shown; empty
     * if it asks for none. Meaningful after a check.
     */
    default String admission() {
        return "";
    }

    /**
     * The namespaces that hold repositories, each once, read as lazily as the registry
     * lists them. The caller closes the stream.
     */
    default Stream<String> namespaces() {
        return repositories(RepositoryQuery.ALL).map(RegistryConnection::namespaceOf)
            .filter((namespace) -> !namespace.isEmpty())
            .distinct();
    }

    /**
     * Creates a namespace unless it exists. Does nothing if a namespace comes with its
     * first repository.
     */
    default void createNamespace(String namespace) {
    }

    /**
     * The repositories that a query selects, and perhaps further ones. Lazy: a catalog of
     * any length takes the memory of one page. The caller closes the stream.
     */
    Stream<String> repositories(RepositoryQuery query);

    /**
     * Closes connections that have not been used for a while.
     * @return whether no connection is open any more
     */
    default boolean closeIdle() {
        return true;
    }

    /**
     * The part of this connection that has a capability; by default the connection
     * itself.
     */
    default <C> Optional<C> find(Class<C> capability) {
        return capability.isInstance(this) ? Optional.of(capability.cast(this)) : Optional.empty();
    }

    /**
     * This connection as a capability that some registries have.
     * @throws RegistryFailure.Permanent if this one does not have it
     */
    default <C> C as(Class<C> capability) {
        return find(capability).orElseThrow(
                () -> new RegistryFailure.Permanent("this registry's adapter offers no " + capability.getSimpleName()));
    }

    /** The namespace of a repository; empty for one without. */
    static String namespaceOf(String repository) {
        return repository.substring(0, Math.max(0, repository.lastIndexOf('/')));
    }

    @Override
    void close();

}
