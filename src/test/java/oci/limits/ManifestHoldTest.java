package oci.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.ContentSource;
import oci.model.RawManifest;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How many large manifests are in memory at once. */
@Timeout(60)
class ManifestHoldTest {

    private static final String LARGE = "{\"x\": \"" + "y".repeat(1_000_000) + "\"}";

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, this.limits);

    private final StopSignal stop = new StopSignal();

    private final ContentSource source = this.registry.source("app", this.stop);

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @Test
    void who_keeps_a_large_one_lets_others_wait_and_small_ones_pass() {
        this.faulty.on("GET", "/v2/app/manifests/large", Reply.body(200, LARGE))
            .on("GET", "/v2/app/manifests/small", Reply.body(200, "{}"));
        List<ManifestHold> holds = holdAll();
        CompletableFuture<RawManifest> waits = CompletableFuture.supplyAsync(() -> this.source.manifest("large"),
                Thread::startVirtualThread);
        Awaitility.await().until(() -> this.limits.largeManifests().awaited());

        assertThat(IntStream.range(0, 100).mapToObj((_) -> this.source.manifest("small"))).hasSize(100);
        assertThat(waits).isNotDone();
        holds.getFirst().close();
        assertThat(waits.join().bytes()).hasSize(LARGE.length());
    }

    @Test
    void an_image_that_waits_for_a_large_one_reads_its_small_ones_meanwhile() {
        this.faulty.on("GET", "/v2/app/manifests/large", Reply.body(200, LARGE))
            .on("GET", "/v2/app/manifests/small", Reply.body(200, "{}"));
        List<ManifestHold> holds = holdAll();
        try (ManifestHold image = new ManifestHold()) {
            List<CompletableFuture<RawManifest>> wait = Stream.of("large", "large")
                .map((tag) -> CompletableFuture.supplyAsync(() -> this.source.manifest(tag, image),
                        Thread::startVirtualThread))
                .toList();
            Awaitility.await().until(() -> this.limits.largeManifests().awaited());

            assertThat(this.source.manifest("small", image).bytes()).hasSize(2);
            assertThat(wait).noneMatch(CompletableFuture::isDone);
            holds.getFirst().close();
            assertThat(wait).allSatisfy((each) -> assertThat(each.join().bytes()).hasSize(LARGE.length()));
        }
    }

    @Test
    void who_waits_holds_no_request_and_leaves_when_it_is_stopped() {
        this.faulty.on("GET", "/v2/app/manifests/large", Reply.body(200, LARGE));
        holdAll();
        CompletableFuture<RawManifest> waits = CompletableFuture.supplyAsync(() -> this.source.manifest("large"),
                Thread::startVirtualThread);
        Awaitility.await().until(() -> this.limits.largeManifests().awaited());
        this.stop.stop();
        assertThatExceptionOfType(CompletionException.class).isThrownBy(waits::join)
            .withCauseInstanceOf(StopSignal.Stopped.class);
    }

    @Test
    void many_small_ones_of_an_image_are_a_large_one() {
        this.faulty.on("GET", "/v2/app/manifests/v1", Reply.body(200, "{\"x\": \"" + "y".repeat(100_000) + "\"}"));
        try (ManifestHold hold = new ManifestHold()) {
            this.source.manifest("v1", hold);
            this.source.manifest("v1", hold);
            assertThat(hold.enlarged()).isFalse();
            this.source.manifest("v1", hold);
            assertThat(hold.enlarged()).isTrue();
        }
        assertThat(this.limits.largeManifests().held()).isZero();
        assertThat(this.faulty.requests("GET", "/v2/app/manifests/v1")).hasSize(4);
    }

    private List<ManifestHold> holdAll() {
        List<ManifestHold> holds = new ArrayList<>();
        int permits = this.limits.largeManifests().size();
        assertThat(permits).isPositive();
        for (int i = 0; i < permits; i++) {
            ManifestHold hold = new ManifestHold();
            this.source.manifest("large", hold);
            holds.add(hold);
        }
        return holds;
    }

}
