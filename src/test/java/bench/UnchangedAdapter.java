package bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import oci.Artifact;
import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.StopSignal;
import replication.registry.AdapterInfo;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

/**
 * Registries that answer at once and are all equal: every repository has the same tags
 * with the same digests wherever one looks, so that nothing is ever copied and all time
 * is the engine's own.
 */
final class UnchangedAdapter implements RegistryAdapter {

    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final int repositories;

    private final List<String> tags;

    UnchangedAdapter(int repositories, int tags) {
        this.repositories = repositories;
        this.tags = IntStream.range(0, tags).mapToObj((number) -> "1." + number).toList();
    }

    @Override
    public AdapterInfo info() {
        return AdapterInfo.ofImages("unchanged", "Unchanged", "answers at once, and always the same");
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        return new Unchanged();
    }

    private final class Unchanged implements RegistryConnection, ContentRegistry {

        @Override
        public void check() {
        }

        @Override
        public Stream<String> namespaces() {
            return Stream.of("library");
        }

        @Override
        public void createNamespace(String namespace) {
        }

        @Override
        public Stream<String> repositories(RepositoryQuery query) {
            return IntStream.range(0, UnchangedAdapter.this.repositories)
                .mapToObj((number) -> String.format(Locale.ROOT, "library/app-%06d", number));
        }

        @Override
        public ContentSource source(String repository, StopSignal stop) {
            return new Content();
        }

        @Override
        public ContentTarget target(String repository, StopSignal stop) {
            return new Content();
        }

        @Override
        public void close() {
        }

    }

    private final class Content implements ContentSource, ContentTarget {

        @Override
        public Stream<String> tags() {
            return UnchangedAdapter.this.tags.stream();
        }

        @Override
        public Stream<Artifact> artifacts() {
            return tags().map(Artifact::tagged);
        }

        @Override
        public Optional<Descriptor> head(String reference) {
            return Optional.of(new Descriptor(IMAGE, Digest.sha256(reference.getBytes(StandardCharsets.UTF_8)),
                    reference.length()));
        }

        @Override
        public RawManifest manifest(String reference) {
            throw new UnsupportedOperationException("nothing is copied");
        }

        @Override
        public BlobContent blob(Descriptor blob, long from) {
            throw new UnsupportedOperationException("nothing is copied");
        }

        @Override
        public boolean has(Descriptor blob) {
            throw new UnsupportedOperationException("nothing is copied");
        }

        @Override
        public Optional<BlobUpload> mount(Descriptor blob, String fromRepository) {
            throw new UnsupportedOperationException("nothing is copied");
        }

        @Override
        public BlobUpload upload(Descriptor blob) {
            throw new UnsupportedOperationException("nothing is copied");
        }

        @Override
        public Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted) {
            throw new UnsupportedOperationException("nothing is deleted");
        }

        @Override
        public void put(RawManifest manifest, String reference) {
            throw new UnsupportedOperationException("nothing is copied");
        }

    }

}
