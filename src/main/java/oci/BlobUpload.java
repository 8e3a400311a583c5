package oci;

import java.io.InputStream;

/**
 * An upload session that a registry has opened. It is ended by one of its two methods;
 * once begun, it cannot be begun again.
 */
public interface BlobUpload {

    /**
     * Sends the whole blob and commits it. The bytes are hashed on their way; where they
     * do not add up to the descriptor's digest and size, nothing is committed and the
     * failure says whose fault it is.
     * @return how many bytes were sent
     */
    long send(InputStream content);

    /** Gives the session up at the registry; a failure to do so is only logged. */
    void cancel();

}
