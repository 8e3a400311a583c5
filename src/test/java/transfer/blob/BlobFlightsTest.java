package transfer.blob;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import oci.model.Digest;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BlobFlightsTest {

    private static final BlobFlights.Goal KEY = goal("key");

    private final BlobFlights flights = new BlobFlights();

    private final CountDownLatch flying = new CountDownLatch(1);

    private final CountDownLatch landing = new CountDownLatch(1);

    @Test
    void the_second_waits_for_the_first() throws InterruptedException {
        CompletableFuture<Boolean> first = first();
        CompletableFuture<Boolean> second = follower(new StopSignal());
        assertThat(second).isNotDone();
        this.landing.countDown();
        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(true);
        assertThat(second).succeedsWithin(5, TimeUnit.SECONDS).isEqualTo(false);
    }

    @Test
    void one_who_waits_is_stopped_alone() throws InterruptedException {
        CompletableFuture<Boolean> first = first();
        StopSignal stop = new StopSignal();
        CompletableFuture<Boolean> second = follower(stop);
        stop.stop();
        assertThat(second).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(StopSignal.Stopped.class);
        assertThat(first).isNotDone();
        this.landing.countDown();
        assertThat(first).succeedsWithin(5, TimeUnit.SECONDS);
    }

    @Test
    void other_keys_do_not_wait() throws InterruptedException {
        CompletableFuture<Boolean> first = first();
        assertThat(this.flights.lead(goal("other"), new StopSignal(), () -> {
        })).isTrue();
        assertThat(first).isNotDone();
        this.landing.countDown();
    }

    @Test
    void a_failure_is_the_leaders_own_and_frees_the_lead() {
        assertThatIllegalStateException().isThrownBy(() -> this.flights.lead(KEY, new StopSignal(), () -> {
            throw new IllegalStateException("failed");
        }));
        assertThat(this.flights.lead(KEY, new StopSignal(), () -> {
        })).isTrue();
    }

    private CompletableFuture<Boolean> first() throws InterruptedException {
        CompletableFuture<Boolean> first = CompletableFuture
            .supplyAsync(() -> this.flights.lead(KEY, new StopSignal(), this::fly), Thread::startVirtualThread);
        this.flying.await();
        return first;
    }

    /** The second of a key, which already waits for the first. */
    private CompletableFuture<Boolean> follower(StopSignal stop) {
        CompletableFuture<Boolean> follower = new CompletableFuture<>();
        Thread thread = Thread
            .startVirtualThread(() -> follower.completeAsync(() -> this.flights.lead(KEY, stop, () -> {
                throw new AssertionError("two at once");
            }), Runnable::run));
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        return follower;
    }

    private void fly() {
        this.flying.countDown();
        try {
            this.landing.await();
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static BlobFlights.Goal goal(String name) {
        return new BlobFlights.Goal.ToRegistry(new RegistryKey("https://r.example", ""),
                Digest.sha256(name.getBytes(StandardCharsets.UTF_8)));
    }

}
