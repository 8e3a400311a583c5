package replication.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import replication.Refusal;

/** The adapters that there are, by identity. */
public final class Adapters {

    private final Map<String, RegistryAdapter> byIdentity = new TreeMap<>();

    public Adapters(List<RegistryAdapter> adapters) {
        for (RegistryAdapter adapter : adapters) {
            RegistryAdapter twin = this.byIdentity.put(adapter.info().identity(), adapter);
            if (twin != null) {
                throw new IllegalStateException("two adapters call themselves %s: \"%s\" and \"%s\""
                    .formatted(adapter.info().identity(), twin.info().name(), adapter.info().name()));
            }
        }
    }

    public List<AdapterInfo> infos() {
        return this.byIdentity.values().stream().map(RegistryAdapter::info).toList();
    }

    public Optional<AdapterInfo> info(String identity) {
        return Optional.ofNullable(this.byIdentity.get(identity)).map(RegistryAdapter::info);
    }

    /**
     * Opens a connection, without any I/O.
     * @throws Refusal.Invalid where no adapter can serve the registry
     * @throws RegistryFailure.Unauthorized where its secret cannot be opened
     */
    public RegistryConnection connect(Registry registry) {
        RegistryAdapter adapter = of(registry.type());
        if (!registry.credential().readable()) {
            throw new RegistryFailure.Unauthorized("registry " + registry.name() + ": " + Secret.LOCKED);
        }
        return adapter.connect(registry);
    }

    /**
     * The adapter for a registry's type.
     * @throws Refusal.Invalid where there is none, naming those there are
     */
    public RegistryAdapter of(String type) {
        RegistryAdapter adapter = this.byIdentity.get(type);
        if (adapter == null) {
            throw new Refusal.Invalid("registry_type",
                    "there is no adapter \"%s\"; there are %s".formatted(type, this.byIdentity.keySet()));
        }
        return adapter;
    }

}
