package oci.limits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Memory for parts of blobs that are read ahead, lent in blocks of one size. A reader
 * that gets no block reads on without.
 */
public final class ReadAhead {

    /** In bytes. */
    public static final int BLOCK = 4 * 1024 * 1024;

    /** In blocks; also at most a sixteenth of the heap. */
    private static final int MOST = 16;

    /** In bytes: below this, reading in parts saves little. */
    private static final long WORTH = 128L * 1024 * 1024;

    private final int blocks;

    private final long worth;

    /**
     * Reused while any block is lent, because the collector finds room for large arrays
     * with difficulty.
     */
    private final Deque<byte[]> idle = new ArrayDeque<>();

    private int lent;

    public ReadAhead(int blocks, long worth) {
        this.blocks = blocks;
        this.worth = worth;
    }

    static ReadAhead ofHeap() {
        return new ReadAhead((int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 16 / BLOCK), WORTH);
    }

    /** Whether it is worth it for so many bytes. */
    public boolean worth(long rest) {
        return rest >= this.worth;
    }

    /** Empty where all is lent. */
    public synchronized Optional<byte[]> borrow() {
        if (this.lent >= this.blocks) {
            return Optional.empty();
        }
        this.lent++;
        return Optional.of(this.idle.isEmpty() ? new byte[BLOCK] : this.idle.pop());
    }

    public synchronized void giveBack(byte[] block) {
        this.lent--;
        this.idle.push(block);
        if (this.lent == 0) {
            this.idle.clear();
        }
    }

    /** In blocks. */
    public synchronized int lent() {
        return this.lent;
    }

}
