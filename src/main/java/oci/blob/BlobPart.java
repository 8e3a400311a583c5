package oci.blob;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import oci.http.Attempts;
import oci.http.BodyStream;
import oci.limits.Permits;
import oci.limits.ReadAhead;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * A part of a blob, read into memory on a thread of its own. Where it breaks it is read
 * on by itself.
 */
final class BlobPart {

    private final BlobPull pull;

    private final long from;

    private final int length;

    private final byte[] block;

    private final StopSignal stop;

    /** Completed when nothing touches the block any more. */
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    /** So many bytes have come. */
    private int count;

    private int taken;

    BlobPart(BlobPull pull, long from, int length, byte[] block, StopSignal stop) {
        this.pull = pull;
        this.from = from;
        this.length = length;
        this.block = block;
        this.stop = stop;
    }

    /**
     * Begins to read.
     * @param permit given back when it has come
     */
    void start(Permits.Permit permit) {
        Thread.ofVirtual().name("blob-part").start(() -> {
            try (permit) {
                fetch();
            }
            catch (IOException | RuntimeException | Error ex) {
                this.end.completeExceptionally(ex);
                return;
            }
            this.end.complete(null);
        });
    }

    private void fetch() throws IOException {
        for (int breaks = 0;;) {
            try (BodyStream body = this.pull.part(this.from + this.count, this.length - this.count, this.stop)) {
                fill(body);
                return;
            }
            catch (IOException ex) {
                breaks++;
                if (breaks >= this.pull.settings().attempts()) {
                    throw ex;
                }
                this.stop.pause(Attempts.jitter(this.pull.settings(), breaks));
            }
        }
    }

    private void fill(BodyStream body) throws IOException {
        while (this.count < this.length) {
            int read = body.read(this.block, this.count, this.length - this.count);
            if (read < 0) {
                throw new IOException("a part ended after %d of %d bytes".formatted(this.count, this.length));
            }
            this.count += read;
        }
    }

    /**
     * Takes bytes once all of them are there; none when all are taken.
     * @throws IOException where they do not come
     */
    int read(byte[] buffer, int offset, int most) throws IOException {
        await();
        int read = Math.min(most, this.length - this.taken);
        System.arraycopy(this.block, this.taken, buffer, offset, read);
        this.taken += read;
        return read;
    }

    private void await() throws IOException {
        if (this.end.isDone() && !this.end.isCompletedExceptionally()) {
            return;
        }
        try {
            // A copy, as the signal completes what it ends the wait for.
            this.stop.await(this.end);
        }
        catch (RegistryFailure ex) {
            throw new IOException(ex.getMessage(), ex);
        }
        catch (CompletionException ex) {
            Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
            throw new IOException(cause.getMessage(), cause);
        }
    }

    boolean used() {
        return this.taken == this.length;
    }

    /** Gives the block back as soon as nothing touches it any more. */
    void release(ReadAhead memory) {
        CompletableFuture<?> _ = this.end.whenComplete((_, _) -> memory.giveBack(this.block));
    }

}
