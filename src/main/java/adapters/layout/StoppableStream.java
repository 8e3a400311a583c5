package adapters.layout;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import oci.model.StopSignal;

/** A stream that ends when the stop signal is given. */
final class StoppableStream extends FilterInputStream {

    private final StopSignal stop;

    StoppableStream(InputStream content, StopSignal stop) {
        super(content);
        this.stop = stop;
    }

    @Override
    public int read() throws IOException {
        this.stop.check();
        return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        this.stop.check();
        return super.read(buffer, offset, length);
    }

}
