package replication.registry;

/**
 * One kind of registry. Every bean of this type is an adapter, and there is no other list
 * of them. An adapter holds no state of a registry and may be used by many threads.
 */
public interface RegistryAdapter {

    AdapterInfo info();

    /**
     * Opens a connection, without any I/O.
     * @throws replication.Refusal.Invalid if this adapter cannot use the registry's
     * values
     */
    RegistryConnection connect(Registry registry);

}
