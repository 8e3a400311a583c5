package oci.limits;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/** Waits that end at once when the signal is given. */
public final class Waiting {

    private Waiting() {
    }

    /** Waits for a future of the caller's own; the signal completes it. */
    public static <T> T on(CompletableFuture<T> future, StopSignal stop) {
        try (var _ = stop.onStop(() -> future.completeExceptionally(new StopSignal.Stopped()))) {
            return future.join();
        }
        catch (CompletionException ex) {
            if (ex.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw ex;
        }
    }

    public static void pause(Duration time, StopSignal stop) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        on(end.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS), stop);
    }

}
