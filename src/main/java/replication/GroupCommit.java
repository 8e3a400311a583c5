package replication;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Gathers what many threads write at the same time into few statements: who comes while a
 * write is under way is served by the next one.
 */
public final class GroupCommit<T> {

    private final Consumer<List<T>> write;

    private final ReentrantLock writing = new ReentrantLock();

    private Batch<T> gathering = new Batch<>();

    /**
     * Writes with this, never twice at once.
     */
    public GroupCommit(Consumer<List<T>> write) {
        this.write = write;
    }

    /** Returns when the item has been written; throws what the write threw. */
    public void add(T item) {
        Batch<T> mine = join(item);
        this.writing.lock();
        try {
            if (!mine.done) {
                flush(mine);
            }
        }
        finally {
            this.writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private synchronized Batch<T> join(T item) {
        this.gathering.items.add(item);
        return this.gathering;
    }

    private synchronized void closeDoor() {
        this.gathering = new Batch<>();
    }

    private void flush(Batch<T> batch) {
        closeDoor();
        batch.done = true;
        try {
            this.write.accept(batch.items);
        }
        catch (RuntimeException ex) {
            batch.failure = ex;
        }
    }

    private static final class Batch<T> {

        private final List<T> items = new ArrayList<>();

        private boolean done;

        private @Nullable RuntimeException failure;

    }

}
