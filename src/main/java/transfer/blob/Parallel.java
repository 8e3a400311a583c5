package transfer.blob;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with many items on virtual threads, a bounded number at once. After a
 * failure no further item is begun; those under way finish, because the next attempt can
 * use their results.
 */
public final class Parallel<T> {

    private final Queue<T> waiting;

    private final Consumer<T> work;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Parallel(Collection<T> items, Consumer<T> work) {
        this.waiting = new ConcurrentLinkedQueue<>(items);
        this.work = work;
    }

    /** Returns when all are done; throws the first failure, a stop before any other. */
    public static <T> void each(Collection<T> items, int atOnce, Consumer<T> work) {
        if (items.size() <= 1) {
            items.forEach(work);
            return;
        }
        new Parallel<>(items, work).run(Math.min(atOnce, items.size()));
    }

    private void run(int threads) {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            others.add(Thread.ofVirtual().name("transfer").start(this::drain));
        }
        drain();
        others.forEach(Parallel::join);
        switch (this.failure.get()) {
            case null -> {
            }
            case RuntimeException ex -> throw ex;
            case Throwable ex -> throw new IllegalStateException(ex);
        }
    }

    private void drain() {
        try {
            for (T item = this.waiting.poll(); item != null; item = this.waiting.poll()) {
                this.work.accept(item);
            }
        }
        catch (RuntimeException | Error ex) {
            this.waiting.clear();
            this.failure.accumulateAndGet(ex,
                    (first, later) -> (first == null || later instanceof StopSignal.Stopped) ? later : first);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            }
            catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

}
