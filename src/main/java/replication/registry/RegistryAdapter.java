package replication.registry;

/**
 * One kind of registry. Every bean of this type is an adapter; nothing else lists them.
 * An adapter holds no state of a registry and may be used by many threads.
 */
public interface RegistryAdapter {

    AdapterInfo info();

    /**
     * Opens a connection, without any I/O.
     * @throws replication.Refusal.Invalid where this adapter cannot use the registry's
     * values
     */
    RegistryConnection connect(Registry registry);

}
