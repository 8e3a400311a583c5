package adapters.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/** A folder of layouts: each is a repository, named by its path in that folder. */
public final class LayoutRegistry implements RegistryConnection, ContentRegistry {

    private final Confined confined;

    private final TagIndexes indexes = new TagIndexes();

    LayoutRegistry(Confined confined) {
        this.confined = confined;
    }

    @Override
    public void check() {
        Path folder = this.confined.folder();
        if (Files.exists(RepositoryFolder.marker(folder))) {
            throw new RegistryFailure.Permanent(
                    "check layouts in %s: it is a layout itself; give its parent folder, and its repository is %s"
                        .formatted(folder, folder.getFileName()));
        }
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new RegistryFailure.Permanent("check layouts in %s: %s is no folder".formatted(folder, there));
        }
        if (!Files.isReadable(there) || !Files.isWritable(there)) {
            throw new RegistryFailure.Permanent(
                    "check layouts in %s: the service's user cannot read and write %s".formatted(folder, there));
        }
    }

    @Override
    public Stream<String> repositories(RepositoryQuery query) {
        return switch (query) {
            case RepositoryQuery.Named(List<String> names) ->
                names.stream().filter((name) -> holds(name) && Files.exists(RepositoryFolder.marker(path(name))));
            case RepositoryQuery.Catalog(List<String> namespaces) -> RepositoryWalk.below(this.confined.folder(),
                    namespaces.isEmpty() ? List.of("") : outermost(namespaces));
        };
    }

    /** A namespace within another one would be listed twice. */
    private List<String> outermost(List<String> namespaces) {
        return namespaces.stream()
            .distinct()
            .filter(this::holds)
            .filter((namespace) -> namespaces.stream().noneMatch((other) -> namespace.startsWith(other + "/")))
            .toList();
    }

    private boolean holds(String name) {
        return RepositoryName.allows(name) && this.confined.holds(path(name));
    }

    private Path path(String name) {
        return this.confined.folder().resolve(name);
    }

    @Override
    public ContentSource source(String repository, StopSignal stop) {
        return new LayoutSource(reader(repository, stop));
    }

    @Override
    public ContentTarget target(String repository, StopSignal stop) {
        return new LayoutTarget(reader(repository, stop), (name) -> folder(name));
    }

    private LayoutReader reader(String repository, StopSignal stop) {
        return new LayoutReader(folder(repository), this.indexes, stop);
    }

    private RepositoryFolder folder(String repository) {
        if (!RepositoryName.allows(repository)) {
            throw new RegistryFailure.Permanent(
                    "open repository %s in %s: a repository's name has lower-case components separated by /, none of them blobs, index.json or oci-layout"
                        .formatted(repository, this.confined.folder()));
        }
        return new RepositoryFolder(repository, path(repository), this.confined);
    }

    @Override
    public void close() {
    }

}
