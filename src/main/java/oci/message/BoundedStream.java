package oci.message;

import java.io.IOException;
import java.io.InputStream;

import oci.limits.BlockStream;

/** A body that fails where it is longer than it may be. */
public final class BoundedStream extends BlockStream {

    private final long most;

    private long count;

    public BoundedStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** So many bytes have come. */
    public long count() {
        return this.count;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = this.in.read(buffer, offset, length);
        this.count += Math.max(0, read);
        if (this.count > this.most) {
            throw OversizeAnswer.body(this.most);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        this.count += skipped;
        return skipped;
    }

}
