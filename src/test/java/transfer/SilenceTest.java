package transfer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import fixtures.Asked;
import fixtures.Fault;
import fixtures.Image;
import fixtures.Images;
import fixtures.Mishap;
import fixtures.Patience;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Within a second of a stop nothing more goes over any connection, by both registries'
 * clocks.
 */
class SilenceTest {

    private static final Image IMAGE = Images.image(1, 8 * 1024 * 1024);

    @Test
    void in_the_middle_of_a_blob() {
        try (FaultyCopy copy = copy(always(Asked.GET_BLOB, Mishap.DRIP, 20), List.of(), LimitSizes.DEFAULTS)) {
            assertSilence(copy, () -> copy.destination.lastByte() > 0 && copy.destination.count(Asked.COMMIT) > 1);
        }
    }

    @Test
    void in_a_put_whose_body_nobody_takes() {
        List<Fault> plan = always(Asked.COMMIT, Mishap.STALL_IN_REQUEST, 1);
        try (FaultyCopy copy = copy(List.of(), plan, LimitSizes.DEFAULTS)) {
            assertSilence(copy, () -> !copy.destination.struck().isEmpty());
        }
    }

    @Test
    void in_a_put_that_nobody_answers() {
        List<Fault> plan = always(Asked.COMMIT, Mishap.STALL_IN_ANSWER, 0);
        try (FaultyCopy copy = copy(List.of(), plan, LimitSizes.DEFAULTS)) {
            assertSilence(copy, () -> !copy.destination.struck().isEmpty());
        }
    }

    @Test
    void while_waiting_for_a_permit() {
        try (FaultyCopy copy = copy(always(Asked.GET_BLOB, Mishap.STALL_IN_ANSWER, 0), List.of(),
                new LimitSizes(2, 1, 1))) {
            assertSilence(copy, () -> !copy.source.struck().isEmpty());
            assertThat(copy.source.count(Asked.GET_BLOB)).as("the other blob waited").isEqualTo(1);
        }
    }

    private static void assertSilence(FaultyCopy copy, Callable<Boolean> begun) {
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> copy.run(Set.of("app")),
                Thread::startVirtualThread);
        Awaitility.await().until(begun);
        assertThat(run).isNotDone();
        long told = System.nanoTime();
        copy.stop();
        assertThat(run).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(StopSignal.Stopped.class);
        int asked = copy.source.count() + copy.destination.count();
        Awaitility.await()
            .during(Duration.ofMillis(1500))
            .atMost(Duration.ofSeconds(10))
            .until(() -> copy.source.count() + copy.destination.count() == asked);
        assertThat(Duration.ofNanos(copy.source.lastByte() - told)).isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.ofNanos(copy.destination.lastByte() - told)).isLessThan(Duration.ofSeconds(1));
        assertThat(copy.destination.digest("app", "v1")).isEmpty();
    }

    private static List<Fault> always(Asked asked, Mishap mishap, int number) {
        return IntStream.rangeClosed(1, 20).mapToObj((nth) -> Fault.at(asked, nth, mishap, number)).toList();
    }

    private static FaultyCopy copy(List<Fault> source, List<Fault> destination, LimitSizes sizes) {
        PlannedRegistry from = new PlannedRegistry(PlannedManners.careful(), source).seed("app", "v1", IMAGE);
        return new FaultyCopy(from, new PlannedRegistry(PlannedManners.careful(), destination), 16 * 1024 * 1024,
                Patience.SHORT, sizes);
    }

}
