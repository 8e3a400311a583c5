package oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Duration;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import replication.registry.RegistryFailure;

/**
 * A blob on its way into a request: one pass, one buffer. Its last bytes are withheld
 * until all that came is known to be right, so that a registry can never commit anything
 * else.
 */
final class HashedEntity extends AbstractHttpEntity {

    private static final int BUFFER = 128 * 1024;

    private final Descriptor blob;

    private final InputStream content;

    private final String doing;

    private final Duration stall;

    private final MessageDigest hash;

    private long sent;

    private Runnable cut = () -> {
    };

    HashedEntity(Descriptor blob, InputStream content, String doing, Duration stall) {
        super(ContentType.APPLICATION_OCTET_STREAM, null, blob.size() < 0);
        this.blob = blob;
        this.content = content;
        this.doing = doing;
        this.stall = stall;
        this.hash = blob.digest().newHash();
    }

    /** How the connection is cut before the request is whole. */
    void onFault(Runnable action) {
        this.cut = action;
    }

    long sent() {
        return this.sent;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (WriteWatch watch = new WriteWatch(out, this.stall, this.cut)) {
            copy(watch);
        }
        catch (CarriedFailure ex) {
            // Before anyone closes the output: that would end a chunked body as if it
            // were whole.
            this.cut.run();
            throw ex;
        }
    }

    private void copy(WriteWatch out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = read(buffer); read > 0; read = read(buffer)) {
            this.hash.update(buffer, 0, read);
            if (this.sent + read >= this.blob.size() && this.blob.size() >= 0) {
                verify(this.sent + read + read(new byte[1]));
            }
            out.write(buffer, read);
            this.sent += read;
        }
        if (this.sent < this.blob.size()) {
            throw new CarriedFailure(new RegistryFailure.Transient(
                    "%s: the source sent only %d of %d bytes".formatted(this.doing, this.sent, this.blob.size()),
                    null));
        }
        if (this.blob.size() <= 0) {
            verify(this.sent);
        }
    }

    private int read(byte[] buffer) throws CarriedFailure {
        try {
            return this.content.readNBytes(buffer, 0, buffer.length);
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
        Digest came = Digest.ofHash(this.blob.digest().algorithm(), this.hash.digest());
        if (!came.equals(this.blob.digest())) {
            throw new CarriedFailure(new RegistryFailure.Permanent(
                    "%s: the source sent other content, %s, so nothing was committed".formatted(this.doing, came)));
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
        return this.blob.size();
    }

    @Override
    public InputStream getContent() {
        return this.content;
    }

    @Override
    public void close() {
        // The content belongs to whoever opened it.
    }

}
