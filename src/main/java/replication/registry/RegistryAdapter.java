package replication.registry;

import java.util.Optional;

/**
 * One kind of registry. Every bean of this type is an adapter, and there is no other list
 * of them. An adapter holds no state of a registry and may be used by many threads.
 */
public interface RegistryAdapter {

    AdapterInfo info();

    /** The rules for names of repositories at one registry of this kind. */
    default NameRules names(Registry registry) {
        return info().names();
    }

    /**
     * Why a registry takes no repository of a name, and which name it would take; empty
     * if it takes it.
     */
    default Optional<String> nameFault(Registry registry, String repository) {
        return names(registry).fault(info().name(), repository);
    }

    /** How such a registry is set up to report its events, as far as that is known. */
    default EventSetup events() {
        return EventSetup.UNKNOWN;
    }

    /**
     * Whether a registry's settings name a queue of its events, see {@code EventPoll}.
     */
    default boolean polls(Registry registry) {
        return false;
    }

    /**
     * Opens a connection, without any I/O.
     * @throws replication.Refusal.Invalid if this adapter cannot use the registry's
     * values
     */
    RegistryConnection connect(Registry registry);

}
