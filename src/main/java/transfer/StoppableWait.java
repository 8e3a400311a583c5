package transfer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import replication.execution.StopSignal;

/** Waits that end at once when the signal is given. */
record StoppableWait(StopSignal stop) {

    /**
     * Waits until something has happened.
     * @param event completed without a value, never with a failure
     * @throws StopSignal.Stopped where the signal came first
     */
    void until(CompletableFuture<@Nullable Void> event) {
        CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
        try (StopSignal.Registration _ = this.stop.onStop(() -> stopped.complete(null))) {
            CompletableFuture.anyOf(event, stopped).join();
        }
        this.stop.check();
    }

    /**
     * Waits for a time.
     * @throws StopSignal.Stopped where the signal came first
     */
    void pause(Duration time) {
        CountDownLatch stopped = new CountDownLatch(1);
        try (StopSignal.Registration _ = this.stop.onStop(stopped::countDown)) {
            if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                this.stop.check();
            }
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StopSignal.Stopped();
        }
    }

}
