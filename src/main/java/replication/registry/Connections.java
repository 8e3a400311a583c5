package replication.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One open connection per registry, shared by all that talk to it, so that tokens and
 * connections are used again. A registry that was edited gets a new one; what still runs
 * on the old one ends there, after which nothing holds it.
 */
public final class Connections implements AutoCloseable {

    private final Adapters adapters;

    private final Map<Long, Open> open = new LinkedHashMap<>();

    public Connections(Adapters adapters) {
        this.adapters = adapters;
    }

    public synchronized RegistryConnection to(Registry registry) {
        Open known = this.open.get(registry.id());
        if (known != null && known.registry.equals(registry)) {
            return known.connection;
        }
        RegistryConnection connection = this.adapters.of(registry.type()).connect(registry);
        this.open.put(registry.id(), new Open(registry, connection));
        return connection;
    }

    /**
     * A connection that nobody shares, for work that is broken off by closing it. The
     * caller closes it.
     */
    public RegistryConnection apart(Registry registry) {
        return this.adapters.of(registry.type()).connect(registry);
    }

    @Override
    public synchronized void close() {
        this.open.values().forEach((each) -> each.connection.close());
        this.open.clear();
    }

    private record Open(Registry registry, RegistryConnection connection) {
    }

}
