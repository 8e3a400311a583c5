package oci;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The memory of a process for what is read of blobs ahead of its turn, lent in blocks of
 * one size. Whoever gets none reads on without.
 */
final class ReadAhead {

    /** In bytes. */
    static final int BLOCK = 8 * 1024 * 1024;

    /** As much at most, and of the heap a quarter. */
    private static final int MOST = 16;

    private final int blocks;

    /** Kept while any is lent, as the collector finds room for such arrays with pains. */
    private final Deque<byte[]> idle = new ArrayDeque<>();

    private int lent;

    ReadAhead(int blocks) {
        this.blocks = blocks;
    }

    static ReadAhead ofHeap() {
        return new ReadAhead((int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 4 / BLOCK));
    }

    /** Empty where all is lent. */
    synchronized Optional<byte[]> borrow() {
        if (this.lent >= this.blocks) {
            return Optional.empty();
        }
        this.lent++;
        return Optional.of(this.idle.isEmpty() ? new byte[BLOCK] : this.idle.pop());
    }

    synchronized void giveBack(byte[] block) {
        this.lent--;
        this.idle.push(block);
        if (this.lent == 0) {
            this.idle.clear();
        }
    }

    /** In blocks. */
    synchronized int lent() {
        return this.lent;
    }

}
