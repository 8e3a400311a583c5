package transfer.blob;

import java.util.List;

import oci.model.Digest;

/**
 * Remembers which repositories of a registry have a blob. An entry may be stale, so the
 * registry confirms it before it is relied on. Safe for many threads.
 */
public interface BlobLocations {

    /** A few repositories believed to have the blob, the latest first. */
    List<String> repositories(RegistryKey registry, Digest blob);

    void remember(RegistryKey registry, Digest blob, String repository);

    /** Forgets an entry that proved wrong. */
    void forget(RegistryKey registry, Digest blob, String repository);

}
