package replication.registry;

import java.util.stream.Stream;

import oci.model.RegistryFailure;

/**
 * Talks to one registry. May be used by many threads at once and for long: it keeps
 * connections and tokens. Every method throws {@link RegistryFailure} where the registry
 * fails it.
 */
public interface RegistryConnection extends AutoCloseable {

    /** Returns if the registry speaks the V2 API and accepts the credential. */
    void check();

    /**
     * As whom the registry lets us in, as far as it has shown, in one line; empty where
     * it asks nobody. To be asked after a check.
     */
    default String admission() {
        return "";
    }

    /**
     * The namespaces in which there are repositories, without repeats, as lazily as the
     * registry lists them. The caller closes the stream.
     */
    Stream<String> namespaces();

    /**
     * Makes sure that a namespace exists. Where the registry knows no such thing, nothing
     * happens.
     */
    void createNamespace(String namespace);

    /**
     * The repositories that a query may select; more is allowed, less is not. Lazy: a
     * catalog of any length takes the memory of one page. The caller closes the stream.
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
     * This connection by a capability that some registries have.
     * @throws RegistryFailure.Permanent where this one has not
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
