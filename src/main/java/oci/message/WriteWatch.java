package oci.message;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts a connection whose other end takes no bytes: a blocking socket has a timeout for
 * reading only.
 */
final class WriteWatch implements AutoCloseable {

    private final OutputStream out;

    private final long stallNanos;

    private final Runnable cut;

    private final Thread watcher;

    private volatile boolean writing;

    private volatile long since;

    private volatile boolean over;

    private volatile boolean stalled;

    WriteWatch(OutputStream out, Duration stall, Runnable cut) {
        this.out = out;
        this.stallNanos = stall.toNanos();
        this.cut = cut;
        this.watcher = Thread.ofVirtual().name("write-watch").start(this::watch);
    }

    void write(byte[] buffer, int length) throws IOException {
        this.since = System.nanoTime();
        this.writing = true;
        try {
            this.out.write(buffer, 0, length);
        }
        catch (IOException ex) {
            if (this.stalled) {
                throw (IOException) new SocketTimeoutException("no byte taken").initCause(ex);
            }
            throw ex;
        }
        finally {
            this.writing = false;
        }
    }

    private void watch() {
        while (!this.over) {
            if (this.writing && System.nanoTime() - this.since > this.stallNanos) {
                this.stalled = true;
                this.cut.run();
                return;
            }
            LockSupport.parkNanos(this.stallNanos / 4);
        }
    }

    @Override
    public void close() {
        this.over = true;
        LockSupport.unpark(this.watcher);
    }

}
