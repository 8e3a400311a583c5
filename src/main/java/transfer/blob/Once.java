package transfer.blob;

import java.util.concurrent.CompletableFuture;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.Digest;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Does work once for each digest. Callers who want the same wait, and after a failure the
 * next one tries. Work done long ago may be forgotten and is then done again.
 */
public final class Once {

    private final AsyncCache<Digest, Boolean> done;

    private final StopSignal stop;

    /**
     * For the work under one signal.
     * @param remembered how many digests are remembered as done
     */
    public Once(StopSignal stop, int remembered) {
        this.stop = stop;
        this.done = Caffeine.newBuilder().maximumSize(remembered).executor(Runnable::run).buildAsync();
    }

    /** Returns when the work for a digest is done. */
    public void ensure(Digest digest, Runnable work) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> other = this.done.asMap().putIfAbsent(digest, mine);
        // A flight that fails leaves the cache, so that a waiter can take its place.
        while (other != null && !landed(other)) {
            other = this.done.asMap().putIfAbsent(digest, mine);
        }
        if (other == null) {
            boolean worked = false;
            try {
                work.run();
                worked = true;
            }
            finally {
                mine.complete(worked ? true : null);
            }
        }
    }

    private boolean landed(CompletableFuture<Boolean> flight) {
        return BlobFlights.await(flight.thenApply(Boolean.TRUE::equals), this.stop);
    }

    /** Whether the work for a digest is done already. */
    public boolean isDone(Digest digest) {
        CompletableFuture<Boolean> flight = this.done.getIfPresent(digest);
        return flight != null && Boolean.TRUE.equals(flight.getNow(null));
    }

    /** The work for a digest has been done elsewhere. */
    public void done(Digest digest) {
        this.done.put(digest, CompletableFuture.completedFuture(true));
    }

}
