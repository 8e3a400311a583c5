package oci.blob;

import java.io.IOException;
import java.io.InputStream;

import oci.http.Attempts;
import oci.http.BodyStream;
import oci.limits.Permits;
import oci.limits.ReadAhead;
import oci.limits.SourceSpeed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blob's bytes, read on from where a connection broke as long as that brings it further
 * (RFC 9110, 14.2), and over several connections where one of them is slow.
 */
final class BlobStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(BlobStream.class);

    /** In bytes: what has come since the last break for it to count as the first. */
    private static final long PROGRESS = 1024 * 1024;

    private final BlobPull pull;

    private final Permits.@Nullable Permit permit;

    private final SourceSpeed tempo = new SourceSpeed(System::nanoTime);

    private BodyStream body;

    /** What comes after the body. */
    private @Nullable PartsAhead ahead;

    /** It gives no parts. */
    private boolean whole;

    /** The parts were the last of it. */
    private boolean ended;

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
        if (length == 0) {
            return 0;
        }
        if (this.ended) {
            return -1;
        }
        while (true) {
            try {
                PartsAhead parts = this.ahead;
                int read = (parts != null) ? read(parts, buffer, offset, length) : readBody(buffer, offset, length);
                this.position += Math.max(0, read);
                return read;
            }
            catch (IOException ex) {
                readOn(ex);
            }
        }
    }

    private int readBody(byte[] buffer, int offset, int length) throws IOException {
        long begin = System.nanoTime();
        int read = this.body.read(buffer, offset, length);
        if (this.tempo.slow(read, begin)) {
            openParts(this.position + read);
        }
        return read;
    }

    private void openParts(long reached) {
        if (this.whole || !this.pull.worthParts(reached)) {
            return;
        }
        PartsAhead parts = new PartsAhead(this.pull, reached + ReadAhead.BLOCK);
        if (parts.begin()) {
            LOG.debug("{} comes slowly: from byte {} on in parts", this.pull.title(), parts.from());
            this.ahead = parts;
        }
        else {
            parts.close();
        }
    }

    private int read(PartsAhead parts, byte[] buffer, int offset, int length) throws IOException {
        if (this.position < parts.from()) {
            return this.body.read(buffer, offset, (int) Math.min(length, parts.from() - this.position));
        }
        int read = readPart(parts, buffer, offset, length);
        if (read > 0) {
            if (this.position == parts.from()) {
                // Not before: the first part tells whether there are any.
                this.body.close();
            }
            return read;
        }
        closeParts();
        this.ended = this.position == this.pull.size();
        if (this.ended) {
            return -1;
        }
        if (this.position > parts.from()) {
            this.body = this.pull.readOn(this.position, new IOException(this.pull.title() + ": parts, but no rest"));
        }
        return this.body.read(buffer, offset, length);
    }

    private int readPart(PartsAhead parts, byte[] buffer, int offset, int length) {
        try {
            return parts.read(buffer, offset, length);
        }
        catch (IOException ex) {
            LOG.info("{}; it is read over one connection from byte {} on", ex.getMessage(), this.position);
            this.whole = true;
            return 0;
        }
    }

    private void closeParts() {
        if (this.ahead != null) {
            this.ahead.close();
            this.ahead = null;
        }
    }

    private void readOn(IOException broken) throws IOException {
        this.breaks = (this.position - this.brokeAt >= PROGRESS) ? 1 : this.breaks + 1;
        this.brokeAt = this.position;
        if (this.breaks >= this.pull.settings().attempts() || this.position >= this.pull.size()) {
            throw broken;
        }
        this.body.close();
        this.pull.stop().pause(Attempts.jitter(this.pull.settings(), this.breaks));
        this.body = this.pull.readOn(this.position, broken);
        LOG.info("{}; read on from there", broken.getMessage());
    }

    @Override
    public void close() {
        closeParts();
        this.body.close();
        if (this.permit != null) {
            this.permit.close();
        }
    }

}
