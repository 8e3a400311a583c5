package adapters.generic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.http.KeptConnections;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * A registry without namespaces but those in the names of its repositories; of an
 * adapter's own kind with what {@link oci.remote.Differences} has.
 */
public final class GenericRegistry implements RegistryConnection, ContentRegistry {

    private final RemoteRegistry remote;

    private final List<KeptConnections> others;

    private final List<Object> capabilities;

    /**
     * A registry that was connected to.
     * @param others what else is closed with it
     */
    public GenericRegistry(RemoteRegistry remote, KeptConnections... others) {
        this(remote, List.of(others), List.of());
    }

    private GenericRegistry(RemoteRegistry remote, List<KeptConnections> others, List<Object> capabilities) {
        this.remote = remote;
        this.others = others;
        this.capabilities = capabilities;
    }

    /** The same registry, which has these capabilities besides its own. */
    public GenericRegistry offering(Object... more) {
        return new GenericRegistry(this.remote, this.others,
                Stream.concat(this.capabilities.stream(), Stream.of(more)).toList());
    }

    @Override
    public <C> Optional<C> find(Class<C> capability) {
        return Stream.concat(Stream.of(this), this.capabilities.stream())
            .filter(capability::isInstance)
            .map(capability::cast)
            .findFirst();
    }

    @Override
    public void check() {
        this.remote.check();
    }

    @Override
    public String admission() {
        return this.remote.admission();
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return switch (query) {
            case RepositoryQuery.Catalog wanted -> this.remote.repositories(wanted.namespaces()).filter(wanted::holds);
            case RepositoryQuery.Named(List<String> names) -> names.stream();
        };
    }

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return this.remote.source(repository, stop);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return this.remote.target(repository, stop);
    }

    @Override
    public boolean closeIdle() {
        boolean closed = this.remote.closeIdle();
        for (KeptConnections other : this.others) {
            closed &= other.closeIdle();
        }
        return closed;
    }

    @Override
    public void close() {
        this.remote.close();
        this.others.forEach(KeptConnections::close);
    }

}
