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

    /**
     * Returns when the item has been written, and only then; throws what the write threw,
     * to all whose items went with it.
     */
    public void add(T item) {
        Batch<T> mine = join(item);
        this.writing.lock();
        try {
            if (mine.end == End.NONE) {
                flush(mine);
            }
        }
        finally {
            this.writing.unlock();
        }
        if (mine.end != End.WRITTEN) {
            throw (mine.failure != null) ? mine.failure : new NotWritten();
        }
    }

    private synchronized Batch<T> join(T item) {
        this.gathering.items.add(item);
        return this.gathering;
    }

    private synchronized void closeDoor() {
        this.gathering = new Batch<>();
    }

    // An error goes on to who met it; the others only learn that nothing was written.
    private void flush(Batch<T> batch) {
        closeDoor();
        batch.end = End.FAILED;
        try {
            this.write.accept(batch.items);
            batch.end = End.WRITTEN;
        }
        catch (RuntimeException ex) {
            batch.failure = ex;
        }
    }

    private enum End {

        NONE, WRITTEN, FAILED

    }

    private static final class Batch<T> {

        private final List<T> items = new ArrayList<>();

        private End end = End.NONE;

        private @Nullable RuntimeException failure;

    }

    /** The write that an item went with has ended in an error, such as of memory. */
    public static final class NotWritten extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotWritten() {
            super("it is not written: the write that it went with ended in an error, which the log tells");
        }

    }

}
