package transfer.blob;

import java.util.List;

import oci.model.Digest;

/**
 * Remembers which repositories of a registry have a blob. What it says may be stale:
 * whoever acts on it lets the registry confirm. Safe for many threads.
 */
public interface BlobLocations {

    /** A few repositories believed to have the blob, the latest first. */
    List<String> repositories(RegistryKey registry, Digest blob);

    void remember(RegistryKey registry, Digest blob, String repository);

    /** It was not there after all. */
    void forget(RegistryKey registry, Digest blob, String repository);

}
