package transfer.pace;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/** Waits that end at once when the signal is given. */
public final class Countdown {

    private Countdown() {
    }

    /** Waits until the future is done. */
    public static void until(CompletableFuture<?> future, StopSignal stop) {
        CompletableFuture<@Nullable Void> woken = new CompletableFuture<>();
        try (var _ = stop.onStop(() -> woken.complete(null))) {
            CompletableFuture.anyOf(future, woken).join();
        }
        stop.check();
    }

    public static void pause(Duration time, StopSignal stop) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        until(end.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS), stop);
    }

}
