package oci;

import java.io.Closeable;
import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every end of a stream needs. */
public final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private Streams() {
    }

    /**
     * Closes what has been read or is given up: a failure to close changes nothing any
     * more.
     */
    public static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        }
        catch (IOException ex) {
            LOG.debug("close failed, which changes nothing: {}", ex.getMessage());
        }
    }

}
