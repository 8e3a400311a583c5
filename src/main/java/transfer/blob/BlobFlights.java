package transfer.blob;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import oci.model.Digest;
import oci.model.StopSignal;
import oci.model.Waits;
import org.jspecify.annotations.Nullable;

/**
 * The blobs on their way in this process, across tags, tasks and policies. A registry
 * receives a blob once at a time, whichever repositories want it. There is one for all
 * transfers; a waiter holds nothing.
 */
public final class BlobFlights {

    private static final Duration LONG = Duration.ofSeconds(10);

    private final ConcurrentMap<Goal, CompletableFuture<@Nullable Void>> running = new ConcurrentHashMap<>();

    /**
     * Does the work, or waits while another thread does it.
     * @return whether this thread did it; if not, the other thread has ended, well or
     * not, and the caller looks again
     */
    boolean lead(Goal goal, StopSignal stop, Runnable work) {
        CompletableFuture<@Nullable Void> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> other = this.running.putIfAbsent(goal, mine);
        if (other != null) {
            await(other, stop);
            return false;
        }
        try {
            work.run();
            return true;
        }
        finally {
            this.running.remove(goal, mine);
            mine.complete(null);
        }
    }

    /** Waits for the work of another thread. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> other, StopSignal stop) {
        try (Waits.Wait _ = stop.waits().begin("waits for another copy of this node, which brings the same", LONG)) {
            return stop.await(other);
        }
    }

    /** Where a blob is wanted. A repository's goal is taken before its registry's. */
    sealed interface Goal {

        /** In any repository of a registry. */
        record ToRegistry(RegistryKey registry, Digest blob) implements Goal {
        }

        /** In one repository. */
        record ToRepository(RegistryKey registry, String repository, Digest blob) implements Goal {
        }

    }

}
