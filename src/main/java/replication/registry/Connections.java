package replication.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import replication.ResourceType;

/**
 * One open connection per registry, shared by all its users, so that tokens and
 * connections are reused. An edited registry gets a new one; work that has begun on the
 * old one ends there, and its connections are closed when they are idle.
 */
public final class Connections implements AutoCloseable {

    private final Adapters adapters;

    /**
     * A deleted registry is forgotten after this time as well, because deletions are not
     * reported here.
     */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Map<Long, Open> open = new LinkedHashMap<>();

    /** The connections of edited registries, kept until no work uses them. */
    private final List<Open> replaced = new ArrayList<>();

    private final LongSupplier nanoTime;

    public Connections(Adapters adapters) {
        this(adapters, System::nanoTime);
    }

    Connections(Adapters adapters, LongSupplier nanoTime) {
        this.adapters = adapters;
        this.nanoTime = nanoTime;
    }

    public synchronized RegistryConnection to(Registry registry) {
        Open known = this.open.get(registry.id());
        if (known != null && !known.registry.equals(registry)) {
            this.replaced.add(new Open(known.registry, known.connection, this.nanoTime.getAsLong()));
        }
        RegistryConnection connection = (known != null && known.registry.equals(registry)) ? known.connection
                : this.adapters.connect(registry);
        this.open.put(registry.id(), new Open(registry, connection, this.nanoTime.getAsLong()));
        return connection;
    }

    /**
     * Closes idle connections and forgets registries that were not used recently; called
     * about every minute.
     */
    public synchronized void closeIdle() {
        long now = this.nanoTime.getAsLong();
        this.replaced.removeIf((each) -> each.mayBeForgotten(now));
        this.open.values().removeIf((each) -> each.mayBeForgotten(now));
    }

    /** Whether a registry can hold resources of a type. */
    public boolean carries(Registry registry, ResourceType type) {
        return this.adapters.info(registry.type()).filter((info) -> info.resourceTypes().contains(type)).isPresent();
    }

    /**
     * Why a registry takes no repository of this name, and which it would take; empty if
     * it takes it.
     */
    public Optional<String> nameFault(Registry registry, String repository) {
        return this.adapters.of(registry.type()).nameFault(registry, repository);
    }

    /**
     * A connection that is not shared, for work that is stopped by closing it. The caller
     * closes it.
     */
    public RegistryConnection apart(Registry registry) {
        return this.adapters.connect(registry);
    }

    @Override
    public synchronized void close() {
        this.open.values().forEach((each) -> each.connection.close());
        this.open.clear();
        this.replaced.forEach((each) -> each.connection.close());
        this.replaced.clear();
    }

    private record Open(Registry registry, RegistryConnection connection, long asked) {

        /** Closes its idle connections and returns whether it may be forgotten. */
        boolean mayBeForgotten(long now) {
            return this.connection.closeIdle() && now - this.asked > FORGOTTEN.toNanos();
        }

    }

}
