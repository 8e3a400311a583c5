package app.request;

import java.util.concurrent.Semaphore;

/**
 * The memory that the bodies of all requests together may take, by permits. No request
 * waits for it: one that finds none left is answered 503 with Retry-After.
 */
final class BodyMemory {

    private final Semaphore bytes;

    /**
     * Begins with all of it free.
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
