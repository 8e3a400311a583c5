package oci;

import java.util.Optional;
import java.util.stream.Stream;

import oci.limits.ManifestHold;
import oci.model.Descriptor;
import oci.model.RawManifest;

/**
 * One repository to read from. Safe for many threads. Every method throws
 * {@link oci.model.RegistryFailure} where the registry fails it and
 * {@link oci.model.StopSignal.Stopped} once its signal is given.
 */
public interface ContentSource {

    /**
     * All tags, page by page as they are read; empty where there is no such repository.
     * The caller closes the stream.
     */
    Stream<String> tags();

    /**
     * Whether there is such a repository; asked where it lists no tags. A registry that
     * does not tell one without tags from none has it.
     */
    default boolean exists() {
        return true;
    }

    /**
     * Whether everybody may read the repository; empty where the registry does not tell.
     */
    default Optional<Boolean> open() {
        return Optional.empty();
    }

    /** The same tags with all else that the registry's listing tells of each. */
    default Stream<Artifact> artifacts() {
        return tags().map(Artifact::tagged);
    }

    /**
     * The same repository, asked past caches on the way and over another connection where
     * there is one: behind one name may stand several replicas.
     */
    default ContentSource afresh() {
        return this;
    }

    /** What a tag or digest points at, by HEAD; empty where it is not there. */
    Optional<Descriptor> head(String reference);

    /**
     * A manifest by tag or digest. Its digest has been computed from the bytes and, asked
     * for by digest, compared.
     * @throws oci.model.RegistryFailure.NotFound where it is not there
     */
    RawManifest manifest(String reference);

    /**
     * The same; its memory counts until the hold is closed.
     */
    default RawManifest manifest(String reference, ManifestHold hold) {
        return manifest(reference);
    }

    /** Opens a blob. Whoever reads it compares the digest. */
    default BlobContent blob(Descriptor blob) {
        return blob(blob, 0);
    }

    /**
     * Opens a blob at a position below its end.
     * @param from in bytes
     */
    BlobContent blob(Descriptor blob, long from);

}
