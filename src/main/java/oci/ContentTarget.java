package oci;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RawManifest;

/**
 * One repository to write to. Safe for many threads. Every method throws
 * {@link oci.model.RegistryFailure} where the registry fails it and
 * {@link oci.model.StopSignal.Stopped} once its signal is given.
 */
public interface ContentTarget {

    /**
     * All tags, page by page as they are read; empty where there is no such repository.
     * The caller closes the stream.
     */
    Stream<String> tags();

    /** The same tags with all else that the registry's listing tells of each. */
    default Stream<Artifact> artifacts() {
        return tags().map(Artifact::tagged);
    }

    /**
     * The same repository as a copy of another one: if it has to be created, a registry
     * may be set to make it readable for whom that one is.
     */
    default ContentTarget copyOf(ContentSource source) {
        return this;
    }

    /**
     * Whether the listing tells digests, so that tags need not be asked for one by one.
     */
    default boolean listsDigests() {
        return false;
    }

    /** What a tag or digest points at, by HEAD; empty where it is not there. */
    Optional<Descriptor> head(String reference);

    /** Whether this repository has a blob, by HEAD. */
    boolean has(Descriptor blob);

    /**
     * Asks to mount a blob that another repository of this registry has. A registry that
     * declines answers with an upload session instead, which is then used.
     * @return the open upload where it declined; empty where the blob is in place now
     */
    Optional<BlobUpload> mount(Descriptor blob, String fromRepository);

    /** Opens an upload. */
    BlobUpload upload(Descriptor blob);

    /**
     * An upload that another process has opened, to be gone on with; empty where uploads
     * do not outlive theirs.
     * @param session what {@link ResumableUpload#session()} said
     */
    default Optional<ResumableUpload> uploadAgain(Descriptor blob, String session) {
        return Optional.empty();
    }

    /**
     * Takes a tag away; other tags on the same manifest stay. Nothing is changed where
     * the registry has no way to do so.
     * @param digest what the tag points at
     * @param alsoDeleted whether another tag, with what it points at, is to be deleted as
     * well: then it is no reason to leave this one
     * @return why it is left; empty where the tag is gone
     */
    Optional<String> delete(String tag, Digest digest, BiPredicate<String, Digest> alsoDeleted);

    /** The same where no other tag is to go. */
    default Optional<String> delete(String tag, Digest digest) {
        return delete(tag, digest, (_, _) -> false);
    }

    /**
     * Puts a manifest under a tag or its digest. What it refers to must be there.
     * @throws oci.model.RegistryFailure.NotFound where the registry misses a blob or
     * child ({@code MANIFEST_BLOB_UNKNOWN}, {@code MANIFEST_UNKNOWN})
     */
    void put(RawManifest manifest, String reference);

}
