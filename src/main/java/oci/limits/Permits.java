package oci.limits;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import oci.model.StopSignal;

/**
 * A semaphore that is fair and whose waiters leave at once when they are told to stop,
 * without an interrupt that could strike too late.
 */
public final class Permits {

    private final Queue<CompletableFuture<Permit>> waiting = new ArrayDeque<>();

    private int size;

    /** Negative after the size has shrunk, until so many have been given back. */
    private int free;

    public Permits(int size) {
        this.size = size;
        this.free = size;
    }

    synchronized int size() {
        return this.size;
    }

    /** How many permits are held. */
    synchronized int held() {
        return this.size - this.free;
    }

    /** Whether a waiter is queued. */
    synchronized boolean awaited() {
        return !this.waiting.isEmpty();
    }

    /** Changes the number of permits; held permits stay held. */
    synchronized void resize(int newSize) {
        this.free += newSize - this.size;
        this.size = newSize;
        while (this.free > 0) {
            CompletableFuture<Permit> next = this.waiting.poll();
            if (next == null) {
                return;
            }
            if (next.complete(new Permit())) {
                this.free--;
            }
        }
    }

    public Permit acquire(StopSignal stop) {
        CompletableFuture<Permit> turn = queue();
        try {
            Permit permit = stop.await(turn);
            stop.check();
            return permit;
        }
        catch (StopSignal.Stopped ex) {
            // A waiter who leaves gives back what it was given meanwhile.
            if (!turn.completeExceptionally(ex)) {
                turn.join().close();
            }
            throw ex;
        }
    }

    /** A permit without waiting; empty where none is free or so many are held already. */
    synchronized Optional<Permit> spare(int most) {
        if (this.free <= 0 || held() >= most) {
            return Optional.empty();
        }
        this.free--;
        return Optional.of(new Permit());
    }

    private synchronized CompletableFuture<Permit> queue() {
        if (this.free > 0) {
            this.free--;
            return CompletableFuture.completedFuture(new Permit());
        }
        CompletableFuture<Permit> turn = new CompletableFuture<>();
        this.waiting.add(turn);
        return turn;
    }

    private synchronized void release() {
        if (this.free < 0) {
            this.free++;
            return;
        }
        for (var next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
            // The waiter has left where this is false; the next one is served.
            if (next.complete(new Permit())) {
                return;
            }
        }
        this.free++;
    }

    /** Its first close gives it back; further ones do nothing. */
    public final class Permit implements AutoCloseable {

        private final AtomicBoolean held = new AtomicBoolean(true);

        @Override
        public void close() {
            if (this.held.compareAndSet(true, false)) {
                release();
            }
        }

    }

}
