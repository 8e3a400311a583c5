package transfer;

import java.util.Optional;

import oci.Digest;

/**
 * What is known of where blobs are. It is a hint and may be out of date: a mount answers
 * for itself, and what is known of the same repository is confirmed before it is relied
 * on.
 */
public interface BlobLocations {

    /**
     * A repository of a registry that has, or had, the blob; the one that was seen last.
     */
    Optional<String> find(String registry, Digest blob);

    /** The blob is in that repository now. */
    void add(String registry, Digest blob, String repository);

    /** What was known of a blob proved wrong. */
    void forget(String registry, Digest blob);

}
