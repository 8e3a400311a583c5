package oci;

import java.io.InputStream;
import java.util.OptionalLong;

/**
 * An upload session that may outlive a request that broke (distribution specification,
 * "Pushing a blob in chunks"). A registry that keeps what had come lets it go on there.
 */
public interface ResumableUpload extends BlobUpload {

    /**
     * Asks how many bytes the registry holds; from there the content is sent on. Empty
     * where the session has ended or can only be begun anew.
     */
    OptionalLong held();

    /**
     * Where its content is to be read from, in bytes: at what is held or, for what is
     * sent to be what is hashed, a little before.
     */
    long readFrom();

    /**
     * Sends the next bytes in a request of their own. The last ones are held back where
     * all that came does not add up.
     * @param content at first from {@link #readFrom()}, then where the last piece ended
     * @param length of this piece in bytes
     */
    void piece(InputStream content, long length);

    /** What the registry wants a piece to have, the last one apart, in bytes. */
    long pieceAtLeast();

    /**
     * Commits what pieces have brought.
     * @return the size of the blob in bytes
     */
    long commit();

    /** How another process may find it: a URL, which is a secret. */
    String session();

}
