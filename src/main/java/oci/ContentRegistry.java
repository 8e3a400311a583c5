package oci;

import oci.model.StopSignal;

/**
 * A registry whose content is read and written by the OCI distribution specification's
 * notions.
 */
public interface ContentRegistry {

    /** Reads a repository until the signal is given. No I/O yet. */
    ContentSource source(String repository, StopSignal stop);

    /** Writes a repository until the signal is given. No I/O yet. */
    ContentTarget target(String repository, StopSignal stop);

}
