package oci.http;

import java.io.IOException;

import oci.limits.BlockStream;
import oci.message.Answer;
import oci.model.StopSignal;

/**
 * A blob's bytes from the wire. Its exceptions name the host and say how many bytes had
 * come.
 */
public final class BodyStream extends BlockStream {

    private final Answer answer;

    private final StopSignal stop;

    private long count;

    public BodyStream(Answer answer, StopSignal stop) throws IOException {
        super(answer.stream());
        this.answer = answer;
        this.stop = stop;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        this.stop.check();
        try {
            int read = this.in.read(buffer, offset, length);
            this.count += Math.max(0, read);
            return read;
        }
        catch (IOException ex) {
            this.stop.check();
            throw new IOException("%s; %d of %d bytes had come"
                .formatted(NetworkFault.of(this.answer.call(), ex).getMessage(), this.count, this.answer.length()), ex);
        }
    }

    /** Closes the connection where unread bytes remain. */
    @Override
    public void close() {
        this.answer.close();
    }

}
