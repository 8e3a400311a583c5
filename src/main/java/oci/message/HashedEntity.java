package oci.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

import oci.limits.PacedStream;
import oci.model.CarriedFailure;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RegistryFailure;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * A blob, or a piece of one, as the body of a request: one pass, one buffer. Its last
 * bytes are withheld until the digest is known to be right, so that a registry can never
 * commit anything else.
 */
public final class HashedEntity extends AbstractHttpEntity {

    private static final int BUFFER = 128 * 1024;

    private final Descriptor blob;

    private final Piece piece;

    private final BlobHash hash;

    private final InputStream content;

    private final String doing;

    private final Duration stall;

    private long sent;

    private Runnable cut = () -> {
    };

    public HashedEntity(Descriptor blob, Piece piece, BlobHash hash, InputStream content, String doing,
            Duration stall) {
        super(ContentType.APPLICATION_OCTET_STREAM, null, blob.size() < 0);
        this.blob = blob;
        this.piece = piece;
        this.hash = hash;
        this.content = content;
        this.doing = doing;
        this.stall = stall;
    }

    /** Sets how the connection is cut before the request is complete. */
    public void onFault(Runnable action) {
        this.cut = action;
    }

    /** In bytes, of this piece. */
    public long sent() {
        return this.sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (WriteWatch watch = new WriteWatch(out, this.stall, this.cut)) {
            copy(watch);
        }
        catch (CarriedFailure ex) {
            // The cut comes before the output is closed, which would end a chunked body
            // as if it were complete.
            this.cut.run();
            throw ex;
        }
    }

    private void copy(WriteWatch out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = read(buffer); read > 0; read = read(buffer)) {
            this.hash.update(buffer, read);
            if (position() + read >= this.blob.size() && this.blob.size() >= 0) {
                verify(position() + read + read(new byte[1]));
            }
            out.write(buffer, read);
            this.sent += read;
        }
        if (this.sent < this.piece.length()) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the source sent only %d of %d bytes".formatted(this.doing, position(), this.blob.size()),
                    null));
        }
        if (this.blob.size() <= 0) {
            verify(this.sent);
        }
    }

    private long position() {
        return this.piece.from() + this.sent;
    }

    private int read(byte[] buffer) throws CarriedFailure {
        // One byte beyond the end is tried, which must not exist.
        long left = this.piece.length() - this.sent;
        boolean bounded = this.piece.length() >= 0 && !this.piece.last(this.blob);
        int most = bounded ? (int) Math.min(buffer.length, left) : buffer.length;
        try {
            // Slow content is passed on as it comes, because a registry cuts off a sender
            // that stands still.
            return (this.content instanceof PacedStream paced && paced.slow())
                    ? Math.max(0, paced.read(buffer, 0, most)) : this.content.readNBytes(buffer, 0, most);
        }
        catch (IOException ex) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the source failed: %s".formatted(this.doing, ex.getMessage()), ex));
        }
    }

    private void verify(long size) throws CarriedFailure {
        if (this.blob.size() >= 0 && size > this.blob.size()) {
            throw new CarriedFailure(new RegistryFailure.Permanent(
                    "%s: the source sent more than the %d bytes it announced".formatted(this.doing, this.blob.size())));
        }
        Optional<Digest> came = this.hash.result();
        if (came.isPresent() && !came.get().equals(this.blob.digest())) {
            throw new CarriedFailure(
                    new RegistryFailure.Mismatch(this.doing, this.blob.digest().toString(), came.get().toString()));
        }
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public long getContentLength() {
        return this.piece.length();
    }

    @Override
    public InputStream getContent() {
        return this.content;
    }

    @Override
    public void close() {
        // The code that opened the content closes it.
    }

    /**
     * The part of a blob that a request sends.
     *
     * @param from in bytes
     * @param length in bytes; negative where unknown
     */
    public record Piece(long from, long length) {

        public static Piece from(long position, Descriptor blob) {
            return new Piece(position, (blob.size() < 0) ? -1 : blob.size() - position);
        }

        boolean last(Descriptor blob) {
            return this.from + this.length == blob.size();
        }

        /** As {@code Content-Range} of an upload has it (distribution specification). */
        public String range() {
            return this.from + "-" + (this.from + this.length - 1);
        }

    }

}
