package oci;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob's bytes, read on from where a connection broke as long as that brings it further
 * (RFC 9110, 14.2).
 */
final class BlobStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(BlobStream.class);

    /** In bytes: what has come since the last break for it to count as the first. */
    private static final long PROGRESS = 1024 * 1024;

    private final BlobPull pull;

    private final Permits.@Nullable Permit permit;

    private BodyStream body;

    private long position;

    private long brokeAt;

    private int breaks;

    BlobStream(BlobPull pull, BodyStream body, Permits.@Nullable Permit permit, long position) {
        this.pull = pull;
        this.body = body;
        this.permit = permit;
        this.position = position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return (read(one, 0, 1) < 0) ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int read = this.body.read(buffer, offset, length);
                this.position += Math.max(0, read);
                return read;
            }
            catch (IOException ex) {
                readOn(ex);
            }
        }
    }

    private void readOn(IOException broken) throws IOException {
        this.breaks = (this.position - this.brokeAt >= PROGRESS) ? 1 : this.breaks + 1;
        this.brokeAt = this.position;
        if (this.breaks >= this.pull.settings().attempts() || this.position >= this.pull.size()) {
            throw broken;
        }
        this.body.close();
        Waiting.pause(Attempts.jitter(this.pull.settings(), this.breaks), this.pull.stop());
        this.body = this.pull.readOn(this.position, broken);
        LOG.info("{}; read on from there", broken.getMessage());
    }

    @Override
    public void close() {
        this.body.close();
        if (this.permit != null) {
            this.permit.close();
        }
    }

}
