package cli.copy;

import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import replication.execution.copy.StopSignal;
import replication.registry.RepositoryQuery;

/** A registry whose copies tell how far they have come. */
record MeasuredRegistry(ContentRegistry registry, CopyProgress progress) implements ContentRegistry {

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new MeasuredSource(this.registry.source(repository, stop), this.progress);
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return new MeasuredTarget(this.registry.target(repository, stop), this.progress);
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
