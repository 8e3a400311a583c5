package oci.blob;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

import oci.limits.Permits;
import oci.limits.ReadAhead;
import oci.model.StopSignal;

/**
 * The parts of a blob that come next, read at once over connections of their own and
 * taken in order. They take only permits and memory that are free at this moment and wait
 * for neither, so that they keep nobody waiting who has nothing yet.
 */
final class PartsAhead implements AutoCloseable {

    private final BlobPull pull;

    private final StopSignal stop;

    private final StopSignal.Registration registration;

    private final Queue<BlobPart> parts = new ArrayDeque<>();

    private final long from;

    /** Where the next part to be begun begins. */
    private long next;

    /** Those from a position on; none is begun yet. */
    PartsAhead(BlobPull pull, long from) {
        this.pull = pull;
        this.from = from;
        this.next = from;
        this.stop = pull.stop().apart();
        this.registration = pull.stop().onStop(this.stop::stop);
    }

    /** Where the first of them begins. */
    long from() {
        return this.from;
    }

    /** Begins what there is room for; whether any is under way then. */
    boolean begin() {
        while (this.next < this.pull.size()) {
            Optional<byte[]> block = this.pull.memory().borrow();
            if (block.isEmpty()) {
                break;
            }
            Optional<Permits.Permit> permit = this.pull.spare();
            if (permit.isEmpty()) {
                this.pull.memory().giveBack(block.get());
                break;
            }
            int length = (int) Math.min(ReadAhead.BLOCK, this.pull.size() - this.next);
            BlobPart part = new BlobPart(this.pull, this.next, length, block.get(), this.stop);
            part.start(permit.get());
            this.parts.add(part);
            this.next += length;
        }
        return !this.parts.isEmpty();
    }

    /** Takes the next bytes; none where no part is under way. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        BlobPart part = this.parts.peek();
        if (part == null) {
            return 0;
        }
        int read = part.read(buffer, offset, length);
        if (part.used()) {
            this.parts.remove();
            part.release(this.pull.memory());
            begin();
        }
        return read;
    }

    /** Ends all connections at once. */
    @Override
    public void close() {
        this.registration.close();
        this.stop.stop();
        this.parts.forEach((part) -> part.release(this.pull.memory()));
        this.parts.clear();
    }

}
