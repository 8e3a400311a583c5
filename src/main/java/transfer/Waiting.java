package transfer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;

/** Waits that end at once when the signal is given. */
final class Waiting {

    private Waiting() {
    }

    /** Waits until the future is done. */
    static void until(CompletableFuture<?> future, StopSignal stop) {
        CompletableFuture<@Nullable Void> woken = new CompletableFuture<>();
        try (var _ = stop.onStop(() -> woken.complete(null))) {
            CompletableFuture.anyOf(future, woken).join();
        }
        stop.check();
    }

    static void pause(Duration time, StopSignal stop) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        until(end.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS), stop);
    }

}
