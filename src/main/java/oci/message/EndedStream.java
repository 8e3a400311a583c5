package oci.message;

import java.io.IOException;
import java.io.InputStream;

import oci.limits.BlockStream;

/**
 * Keeps returning the end of the stream. The client's own streams throw when they are
 * read after their end, because the connection then serves other requests.
 */
final class EndedStream extends BlockStream {

    private boolean ended;

    EndedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (this.ended) {
            return -1;
        }
        int read = this.in.read(buffer, offset, length);
        this.ended = read < 0;
        return read;
    }

}
