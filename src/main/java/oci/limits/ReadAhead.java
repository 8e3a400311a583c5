package oci.limits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The memory of a process for what is read of blobs ahead of its turn, lent in blocks of
 * one size. Whoever gets none reads on without.
 */
public final class ReadAhead {

    /** In bytes. */
    public static final int BLOCK = 4 * 1024 * 1024;

    /** As many at most, and of the heap a sixteenth. */
    private static final int MOST = 16;

    /**
     * In bytes: what the connection that is left then has under way is a small part of
     * that.
     */
    private static final long WORTH = 128L * 1024 * 1024;

    private final int blocks;

    private final long worth;

    /** Kept while any is lent, as the collector finds room for such arrays with pains. */
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
