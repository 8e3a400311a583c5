package transfer.blob;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;

/** Lets the work for one key be done by one thread at a time, while the others wait. */
final class Flights<K> {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final ConcurrentMap<K, CompletableFuture<@Nullable Void>> running = new ConcurrentHashMap<>();

    /**
     * Does the work, or waits while another thread does it.
     * @return whether it was this thread; where not, the other's work has ended, well or
     * not, and the caller looks anew
     */
    boolean lead(K key, StopSignal stop, Runnable work) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> other = this.running.putIfAbsent(key, mine);
        if (other != null) {
            try (Waits.Wait _ = stop.waits()
                .begin("waits for another copy of this node, which brings the same", LONG)) {
                stop.await(other);
            }
            return false;
        }
        try {
            work.run();
            return true;
        }
        finally {
            this.running.remove(key, mine);
            mine.complete(null);
        }
    }

}
