package adapters.generic;

import java.util.List;
import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import replication.policy.NamespaceMapping;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/** A registry without namespaces but those in the names of its repositories. */
public final class GenericRegistry implements RegistryConnection, ContentRegistry {

    private final RemoteRegistry remote;

    GenericRegistry(RemoteRegistry remote) {
        this.remote = remote;
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
    public Stream<String> namespaces() {
        return this.remote.repositories()
            .map(NamespaceMapping::namespaceOf)
            .filter((namespace) -> !namespace.isEmpty())
            .distinct();
    }

    /** A namespace comes with its first repository. */
    @Override
    public void createNamespace(String namespace) {
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return switch (query) {
            case RepositoryQuery.Catalog wanted -> this.remote.repositories().filter(wanted::holds);
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
        return this.remote.closeIdle();
    }

    @Override
    public void close() {
        this.remote.close();
    }

}
