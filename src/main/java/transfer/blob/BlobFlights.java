package transfer.blob;

import oci.model.Digest;
import oci.model.StopSignal;

/**
 * Which blobs are on their way in this process, across tags, tasks and policies: one
 * registry gets a blob once at a time, whichever repositories want it. One for all
 * transfers. Whoever waits holds nothing.
 */
public final class BlobFlights {

    private final Flights<ToRegistry> registries = new Flights<>();

    private final Flights<ToRepository> repositories = new Flights<>();

    /** See {@link Flights#lead}; for who wants a blob in a registry. */
    boolean lead(ToRegistry goal, StopSignal stop, Runnable work) {
        return this.registries.lead(goal, stop, work);
    }

    /**
     * See {@link Flights#lead}; for who wants a blob in a repository. Taken before the
     * registry's, never after.
     */
    boolean lead(ToRepository goal, StopSignal stop, Runnable work) {
        return this.repositories.lead(goal, stop, work);
    }

    record ToRegistry(RegistryKey registry, Digest blob) {
    }

    record ToRepository(RegistryKey registry, String repository, Digest blob) {
    }

}
