package oci;

import java.io.InputStream;

/**
 * A blob being read.
 *
 * @param length in bytes; -1 where the registry did not say
 */
public record BlobContent(InputStream stream, long length) implements AutoCloseable {

    /** Ends the reading without draining what is left. */
    @Override
    public void close() {
        Streams.closeQuietly(this.stream);
    }

}
