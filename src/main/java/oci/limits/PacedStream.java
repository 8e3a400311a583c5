package oci.limits;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a blob no faster than a {@link Pacer} allows. The code that opened the content
 * closes it.
 */
public final class PacedStream extends BlockStream {

    private final Pacer pacer;

    public PacedStream(InputStream content, Pacer pacer) {
        super(content);
        this.pacer = pacer;
    }

    /** Whether it gives little at a time, for more would take long. */
    public boolean slow() {
        return this.pacer.most() < Integer.MAX_VALUE;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = this.in.read(buffer, offset, Math.min(length, this.pacer.most()));
        if (read > 0) {
            this.pacer.pass(read);
        }
        return read;
    }

    /** Says how fast the bytes of a blob may pass. Used by one thread at a time. */
    public interface Pacer {

        /**
         * How many bytes may pass at once, at least 1; {@link Integer#MAX_VALUE} while
         * nothing slows them down.
         */
        int most();

        /**
         * Returns when so many bytes may pass.
         * @throws oci.model.StopSignal.Stopped where the signal is given first
         */
        void pass(int bytes);

    }

}
