package adapters.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Admits one writer of an index at a time: a lock separates the threads of this process,
 * which a file lock does not, and a file lock separates processes.
 */
final class IndexLock {

    /** Striped by path, so that the locks stay few. */
    private static final ReentrantLock[] LOCKS = Stream.generate(ReentrantLock::new)
        .limit(64)
        .toArray(ReentrantLock[]::new);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path file;

    private final StopSignal stop;

    IndexLock(Path file, StopSignal stop) {
        this.file = file;
        this.stop = stop;
    }

    void hold(Write write) throws IOException {
        ReentrantLock lock = LOCKS[Math.floorMod(this.file.hashCode(), LOCKS.length)];
        lock.lock();
        try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = acquire(channel)) {
            write.run();
        }
        finally {
            lock.unlock();
        }
    }

    /** Polls, because a blocking lock would ignore the stop signal. */
    private FileLock acquire(FileChannel channel) throws IOException {
        @Nullable FileLock held = channel.tryLock();
        while (held == null) {
            this.stop.check();
            LockSupport.parkNanos(RETRY_NANOS);
            held = channel.tryLock();
        }
        return held;
    }

    /** The work under the lock. */
    @FunctionalInterface
    interface Write {

        void run() throws IOException;

    }

}
