package oci.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Goes on saying that it has ended: the client's own streams throw when they are read
 * after their end, since the connection then serves others.
 */
final class EndedStream extends FilterInputStream {

    private boolean ended;

    EndedStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (this.ended) {
            return -1;
        }
        int read = super.read(buffer, offset, length);
        this.ended = read < 0;
        return read;
    }

}
