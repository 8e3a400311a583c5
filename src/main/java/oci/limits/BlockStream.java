package oci.limits;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream on its way that is read in blocks: a single byte is a block of one. */
public abstract class BlockStream extends FilterInputStream {

    protected BlockStream(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;

    @Override
    public boolean markSupported() {
        return false;
    }

}
