package cli.copy;

import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import replication.execution.copy.StopSignal;
import replication.registry.RepositoryQuery;

/** A registry of which only the images for one platform are read. */
record PlatformRegistry(ContentRegistry registry, Platform platform) implements ContentRegistry {

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new PlatformSource(this.registry.source(repository, stop), this.platform);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return this.registry.target(repository, stop);
    }

    @Override
    public void check() {
        this.registry.check();
    }

    @Override
    public String admission() {
        return this.registry.admission();
    }

    @Override
    public Stream<String> namespaces() {
        return this.registry.namespaces();
    }

    @Override
    public void createNamespace(String namespace) {
        this.registry.createNamespace(namespace);
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return this.registry.repositories(query);
    }

    @Override
    public void close() {
        this.registry.close();
    }

}
