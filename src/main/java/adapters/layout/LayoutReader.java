package adapters.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.Artifact;
import oci.manifest.ManifestReader;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;

/** Reads tags and manifests of one layout. */
record LayoutReader(RepositoryFolder folder, TagIndexes indexes, StopSignal stop) {

    /** A larger file is no manifest; registries accept up to 4 MiB. */
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    Stream<String> tags() {
        this.stop.check();
        return index().tags().keySet().stream();
    }

    Stream<Artifact> artifacts() {
        this.stop.check();
        return index().tags()
            .entrySet()
            .stream()
            .map((tag) -> new Artifact(tag.getKey(), tag.getValue().digest().toString(), tag.getValue().mediaType(),
                    null, null, false));
    }

    Optional<Descriptor> head(String reference) {
        this.stop.check();
        TagIndex index = index();
        List<IndexEntry> shared = index.shared().getOrDefault(reference, List.of());
        if (!shared.isEmpty()) {
            throw new RegistryFailure.Permanent(
                    "read tag %s of layout %s: %d images have it, and it is not clear which is meant: %s".formatted(
                            reference, this.folder.path(), shared.size(),
                            shared.stream().map(IndexEntry::toString).collect(Collectors.joining(", "))));
        }
        Optional<Descriptor> found = index.find(reference);
        if (found.isPresent() || !Digest.isDigest(reference) || reference.contains("/")) {
            return found;
        }
        Digest digest = digest(reference);
        return bytes(digest).flatMap((bytes) -> typed(digest, bytes))
            .map((raw) -> new Descriptor(raw.mediaType(), digest, raw.bytes().length));
    }

    RawManifest manifest(String reference) {
        String doing = "read manifest %s of layout %s".formatted(reference, this.folder.path());
        Descriptor found = head(reference)
            .orElseThrow(() -> new RegistryFailure.NotFound(doing + ": there is no such manifest",
                    RegistryFailure.NotFound.Subject.MANIFEST));
        byte[] bytes = bytes(found.digest())
            .orElseThrow(() -> new RegistryFailure.NotFound("%s: its file %s misses".formatted(doing, found.digest())));
        Digest actual = Digest.of(found.digest().algorithm(), bytes);
        if (!actual.equals(found.digest())) {
            throw new RegistryFailure.Permanent(
                    "%s: the file of %s has become %s; the disk or another program has changed it".formatted(doing,
                            found.digest(), actual));
        }
        return new RawManifest(found.mediaType(), actual, bytes);
    }

    private TagIndex index() {
        return this.indexes.read(this.folder);
    }

    private static Digest digest(String reference) {
        try {
            return Digest.parse(reference);
        }
        catch (IllegalArgumentException ex) {
            throw new RegistryFailure.Permanent("read manifest %s: %s".formatted(reference, ex.getMessage()), ex);
        }
    }

    private static Optional<RawManifest> typed(Digest digest, byte[] bytes) {
        String mediaType = ManifestReader.mediaType(bytes);
        return mediaType.isEmpty() ? Optional.empty() : Optional.of(new RawManifest(mediaType, digest, bytes));
    }

    private Optional<byte[]> bytes(Digest digest) {
        Path file = this.folder.blob(digest);
        try {
            return (Files.size(file) > MOST_BYTES) ? Optional.empty() : Optional.of(Files.readAllBytes(file));
        }
        catch (NoSuchFileException _) {
            return Optional.empty();
        }
        catch (IOException ex) {
            throw LayoutFailure.of("read manifest %s of layout %s".formatted(digest, this.folder.path()), ex);
        }
    }

}
