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
import replication.CannotStart;
import replication.Refusal;

/** All adapters, by identity. */
public final class Adapters {

    private final Map<String, RegistryAdapter> byIdentity = new TreeMap<>();

    private final Clock clock;

    public Adapters(List<RegistryAdapter> adapters) {
        this(adapters, Map.of(), Clock.systemUTC());
    }

    /**
     * Adapters with further hosts that the operator trusts with what a vendor's cloud
     * issues.
     * @param hosts the forms of their URLs, by the adapter's identity
     * @throws CannotStart if there is no adapter of that name
     */
    public Adapters(List<RegistryAdapter> adapters, Map<String, List<UrlForm>> hosts) {
        this(adapters, hosts, Clock.systemUTC());
    }

    Adapters(List<RegistryAdapter> adapters, Map<String, List<UrlForm>> hosts, Clock clock) {
        this.clock = clock;
        for (RegistryAdapter adapter : adapters) {
            RegistryAdapter twin = this.byIdentity.put(adapter.info().identity(), adapter);
            if (twin != null) {
                throw new IllegalStateException("two adapters call themselves %s: \"%s\" and \"%s\""
                    .formatted(adapter.info().identity(), twin.info().name(), adapter.info().name()));
            }
        }
        hosts.forEach((identity, forms) -> {
            if (this.byIdentity.computeIfPresent(identity,
                    (_, adapter) -> new AtMoreHosts(adapter, adapter.info().alsoAt(forms))) == null) {
                throw new CannotStart(
                        "drayage.adapters.hosts (DRAYAGE_ADAPTER_HOSTS) names an adapter \"%s\"; there are %s"
                            .formatted(identity, this.byIdentity.keySet()));
            }
        });
    }

    public List<AdapterInfo> infos() {
        return this.byIdentity.values().stream().map(RegistryAdapter::info).toList();
    }

    public Optional<AdapterInfo> info(String identity) {
        return Optional.ofNullable(this.byIdentity.get(identity)).map(RegistryAdapter::info);
    }

    /**
     * Opens a connection, without any I/O.
     * @throws Refusal.Invalid if no adapter can serve the registry, or not any more: an
     * operator may have taken hosts away
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
        if (!registry.readable()) {
            throw new RegistryFailure.Unauthorized("registry " + registry.name() + ": " + Secret.LOCKED);
        }
        Faults faults = new Faults();
        adapter.info().checkUrl(registry.url(), faults);
        adapter.info().checkAmbient(registry, faults);
        faults.refuse();
        return adapter.connect(registry.within(adapter.info().rates()));
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

    private record AtMoreHosts(RegistryAdapter adapter, AdapterInfo info) implements RegistryAdapter {

        @Override
        public NameRules names(Registry registry) {
            return this.adapter.names(registry);
        }

        @Override
        public Optional<String> nameFault(Registry registry, String repository) {
            return this.adapter.nameFault(registry, repository);
        }

        @Override
        public EventSetup events() {
            return this.adapter.events();
        }

        @Override
        public boolean polls(Registry registry) {
            return this.adapter.polls(registry);
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            return this.adapter.connect(registry);
        }

    }

}
