package replication.execution.copy;

import java.util.Iterator;

import oci.model.StopSignal;

/**
 * The copy of one repository while it lasts. {@link #changes()} is read by one thread,
 * {@link #copy} called by many.
 */
public interface RepositoryCopy extends AutoCloseable {

    /**
     * Compares both sides and yields what differs, lazily: tags are listed page by page
     * and compared a little ahead of the reader. Throws {@link oci.model.RegistryFailure}
     * where a listing fails.
     */
    Iterator<Change> changes();

    /** How many artifacts were found equal on both sides so far. */
    long unchanged();

    /**
     * What the order's policy names and the source does not have; known once all changes
     * have been read, or reading them has failed.
     */
    default MissingAtSource missing() {
        return MissingAtSource.NOTHING;
    }

    /**
     * The progress of the copies that have not ended.
     */
    default Moved moved() {
        return Moved.UNKNOWN;
    }

    /**
     * Copies one change, or says why not. A registry's failure is an outcome; only
     * {@link StopSignal.Stopped} and {@link replication.StoreAway} are thrown.
     */
    Outcome copy(Change change);

    /** Cancels the upload sessions that were left open. */
    @Override
    void close();

}
