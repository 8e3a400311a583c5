package app.request;

import java.util.concurrent.Semaphore;

/**
 * The memory that the bodies of all requests together may take, by permits. Nobody waits
 * for it: who comes too late is told to come again.
 */
final class BodyMemory {

    private final Semaphore bytes;

    /**
     * Makes it free.
     * @param bytes up to 2 GiB
     */
    BodyMemory(long bytes) {
        this.bytes = new Semaphore(Math.toIntExact(bytes));
    }

    boolean take(int count) {
        return this.bytes.tryAcquire(count);
    }

    void give(int count) {
        this.bytes.release(count);
    }

    int free() {
        return this.bytes.availablePermits();
    }

}
