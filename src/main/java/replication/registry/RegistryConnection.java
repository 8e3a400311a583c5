package replication.registry;

import java.util.stream.Stream;

import oci.model.RegistryFailure;

/**
 * A connection to one registry. Safe for many threads and meant to be kept: it reuses
 * connections and tokens. Every method throws {@link RegistryFailure} where the registry
 * fails.
 */
public interface RegistryConnection extends AutoCloseable {

    /** Returns if the registry speaks the V2 API and accepts the credential. */
    void check();

    /**
     * Says in one line as whom the registry accepts us, as far as it has shown; empty
     * where it does not ask. Meaningful after a check.
     */
    default String admission() {
        return "";
    }

    /**
     * The namespaces that hold repositories, each once, as lazily as the registry lists
     * them. The caller closes the stream.
     */
    Stream<String> namespaces();

    /**
     * Makes sure that a namespace exists. Does nothing where the registry has no
     * namespaces.
     */
    void createNamespace(String namespace);

    /**
     * The repositories that a query selects; the answer may hold more, but never less.
     * Lazy: a catalog of any length takes the memory of one page. The caller closes the
     * stream.
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
     * This connection as a capability that some registries have.
     * @throws RegistryFailure.Permanent where this one does not have it
     */
    default <C> C as(Class<C> capability) {
        if (!capability.isInstance(this)) {
            throw new RegistryFailure.Permanent("this registry's adapter offers no " + capability.getSimpleName());
        }
        return capability.cast(this);
    }

    @Override
    void close();

}
