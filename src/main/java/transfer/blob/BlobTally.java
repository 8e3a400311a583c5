package transfer.blob;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import oci.model.Descriptor;
import transfer.pace.ByteSize;
import transfer.pace.Traffic;

/** Counts what was done for one tag. */
public final class BlobTally {

    private final AtomicInteger sent = new AtomicInteger();

    private final AtomicInteger mounted = new AtomicInteger();

    private final AtomicLong bytes = new AtomicLong();

    /** In bytes: this copy's part of the traffic. */
    private final AtomicLong moved = new AtomicLong();

    private final Traffic traffic;

    private final Queue<Descriptor> wanted = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean known = new AtomicBoolean();

    public BlobTally(Traffic traffic) {
        this.traffic = traffic;
        traffic.begins();
    }

    /** All content is known from now on, except for what {@link #read} finds. */
    public void known() {
        if (!this.known.getAndSet(true)) {
            this.traffic.knows();
        }
    }

    /**
     * Reads content that is to be copied, and counts its blobs.
     * @param blobs tells the blobs of what was read
     */
    public <T> T read(Supplier<T> reading, Function<T, List<Descriptor>> blobs) {
        this.traffic.begins();
        try {
            T read = reading.get();
            List<Descriptor> found = blobs.apply(read);
            this.wanted.addAll(found);
            this.traffic.want(found);
            return read;
        }
        finally {
            this.traffic.knows();
        }
    }

    /** See {@link Traffic#passed}. */
    void passed(Descriptor blob, long length) {
        this.moved.addAndGet(length);
        this.traffic.passed(blob, length);
    }

    /** See {@link Traffic#moves}. */
    void moves(Descriptor blob, long length) {
        this.moved.addAndGet(length);
        this.traffic.moves(blob, length);
    }

    /** The destination has the blob, sent, mounted or known. */
    void arrived(Descriptor blob) {
        this.traffic.arrived(blob);
    }

    /** Ends the counting for this copy. */
    public void end() {
        known();
        this.traffic.ended(this.moved.get());
        this.traffic.wantNoMore(this.wanted);
    }

    void sent(long length) {
        this.sent.incrementAndGet();
        this.bytes.addAndGet(length);
    }

    void mounted() {
        this.mounted.incrementAndGet();
    }

    /** How many bytes of blobs were sent; a mount sends none. */
    public long bytes() {
        return this.bytes.get();
    }

    /** Such as {@code 12 blobs, 3 mounted, 5.2 MB}. */
    @Override
    public String toString() {
        return "%d blobs, %d mounted, %s".formatted(this.sent.get() + this.mounted.get(), this.mounted.get(),
                ByteSize.text(this.bytes.get()));
    }

}
