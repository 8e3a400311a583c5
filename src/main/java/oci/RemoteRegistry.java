package oci;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import replication.execution.copy.StopSignal;
import replication.policy.NamespaceMapping;
import replication.registry.CredentialSource;
import replication.registry.Registry;
import replication.registry.RepositoryQuery;

/**
 * A registry that speaks the OCI distribution specification over HTTP. It has no notion
 * of namespaces but the names of its repositories.
 */
public final class RemoteRegistry implements ContentRegistry {

    /**
     * A connection takes up to 64 KiB with TLS, and a host that is copied from fast gets
     * hundreds of them.
     */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final HttpCaller caller;

    private final Endpoint endpoint;

    private RemoteRegistry(HttpCaller caller, Endpoint endpoint) {
        this.caller = caller;
        this.endpoint = endpoint;
    }

    /**
     * Opens a connection, without any I/O.
     * @throws replication.Refusal.Invalid where the registry's CA certificate cannot be
     * read
     */
    public static RemoteRegistry connect(Registry registry, HttpSettings settings, HostLimits limits) {
        return connect(registry, CredentialSource.of(registry.credential()), settings, limits);
    }

    /**
     * The same with a credential that is issued for a time.
     * @param source asked before the first request, before the end of what it issued, and
     * when that is refused
     */
    public static RemoteRegistry connect(Registry registry, CredentialSource source, HttpSettings settings,
            HostLimits limits) {
        return connect(registry, source, settings, limits, Clock.systemUTC());
    }

    static RemoteRegistry connect(Registry registry, CredentialSource source, HttpSettings settings, HostLimits limits,
            Clock clock) {
        return new RemoteRegistry(new HttpCaller(registry, source, settings, limits, clock), Endpoint.of(registry));
    }

    @Override
    public void check() {
        new RegistryCheck(this.caller, this.endpoint).run();
    }

    @Override
    public String admission() {
        return this.caller.admission();
    }

    @Override
    public Stream<String> namespaces() {
        return catalog().map(NamespaceMapping::namespaceOf).filter((namespace) -> !namespace.isEmpty()).distinct();
    }

    @Override
    public void createNamespace(String namespace) {
        // A namespace comes with its first repository.
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return switch (query) {
            case RepositoryQuery.Catalog wanted -> catalog().filter(wanted::holds);
            case RepositoryQuery.Named(List<String> names) -> names.stream();
        };
    }

    private Stream<String> catalog() {
        return new CatalogList(this.caller, this.endpoint).repositories();
    }

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new RemoteSource(RemoteRepository.readable(this.caller, this.endpoint, repository, stop));
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return new RemoteTarget(RemoteRepository.writable(this.caller, this.endpoint, repository, stop));
    }

    @Override
    public boolean rest() {
        return rest(IDLE);
    }

    boolean rest(Duration idle) {
        return this.caller.rest(idle);
    }

    @Override
    public void close() {
        this.caller.close();
    }

}
