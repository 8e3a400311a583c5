package replication.registry;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Secret;
import replication.Refusal;

/** All adapters, by identity. */
public final class Adapters {

    private final Map<String, RegistryAdapter> byIdentity = new TreeMap<>();

    private final Clock clock;

    public Adapters(List<RegistryAdapter> adapters) {
        this(adapters, Clock.systemUTC());
    }

    Adapters(List<RegistryAdapter> adapters, Clock clock) {
        this.clock = clock;
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
     * @throws Refusal.Invalid if no adapter can serve the registry
     * @throws RegistryFailure.Unauthorized if its secret cannot be opened
     * @throws RegistryFailure.Permanent if it is in quarantine
     */
    public RegistryConnection connect(Registry registry) {
        RegistryAdapter adapter = of(registry.type());
        Instant until = registry.quarantinedUntil();
        if (until != null && until.isAfter(this.clock.instant())) {
            throw new RegistryFailure.Permanent(new Reason(
                    "registry %s is in quarantine until %s: nodes ran out of memory twice within a day while they read its answers"
                        .formatted(registry.name(), until.truncatedTo(ChronoUnit.SECONDS)),
                    "an edit of the registry lifts the quarantine"), null);
        }
        if (!registry.credential().readable()) {
            throw new RegistryFailure.Unauthorized("registry " + registry.name() + ": " + Secret.LOCKED);
        }
        return adapter.connect(registry);
    }

    /**
     * The adapter for a registry's type.
     * @throws Refusal.Invalid if there is none; the message names the known types
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
