package transfer.pace;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import fixtures.PolicyBuilder;
import fixtures.SettableClock;
import oci.model.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Bandwidths;
import replication.bandwidth.Limit;
import replication.bandwidth.Limited;
import replication.bandwidth.Window;
import replication.execution.copy.Placements;
import replication.execution.copy.TransferOrder;
import replication.execution.state.Mode;
import replication.policy.ArtifactFilter;
import replication.registry.Registry;
import replication.registry.RegistryCredential;
import transfer.Copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a node makes of the limits in the database. */
@Timeout(60)
class BandwidthThrottleTest {

    private final List<Limit> limits = new ArrayList<>();

    private final SettableClock clock = new SettableClock();

    private final StopSignal stop = new StopSignal();

    private int looks;

    private final BandwidthThrottle throttles = new BandwidthThrottle(new Bandwidths() {

        @Override
        public Bandwidth everything() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public void limitEverything(Bandwidth bandwidth) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public List<Limit> limits() {
            BandwidthThrottleTest.this.looks++;
            return List.copyOf(BandwidthThrottleTest.this.limits);
        }
    }, this.clock);

    private void limit(Limited what, long rate) {
        this.limits.add(new Limit(what, new Bandwidth(rate, List.of()), 1));
    }

    private BandwidthThrottle.Share throttle(long execution, long policy, long source, long destination) {
        return this.throttles.of(new TransferOrder(execution, registry(source), "a", registry(destination), "b",
                PolicyBuilder.between(source, destination).build(policy),
                ArtifactFilter.ofTags(PolicyBuilder.between(source, destination).build(policy)), null, Mode.APPLY,
                Set.of(), Set.of(), Placements.NOTHING, this.stop, (_) -> {
                }));
    }

    private static Registry registry(long id) {
        return new Registry(id, "r" + id, "", "oci", URI.create("https://r" + id + ".example"), false,
                RegistryCredential.NONE, null, null, 0);
    }

    @Test
    void a_task_keeps_to_the_lowest_of_all_that_it_counts_to() {
        limit(new Limited.Everything(), 800_000);
        limit(new Limited.ByPolicy(7), 80_000);
        limit(new Limited.ByRegistry(1), 40_000);
        limit(new Limited.ByRegistry(2), 16_000);
        assertThat(throttle(1, 5, 8, 9).most()).isEqualTo(100_000);
        assertThat(throttle(1, 7, 8, 9).most()).isEqualTo(10_000);
        assertThat(throttle(1, 7, 1, 9).most()).isEqualTo(5_000);
        assertThat(throttle(1, 7, 1, 2).most()).isEqualTo(2_000);
    }

    @Test
    void what_was_limited_before_an_execution_started_is_so_from_its_first_task_on() {
        assertThat(throttle(1, 7, 1, 2).most()).isEqualTo(Integer.MAX_VALUE);
        limit(new Limited.ByPolicy(7), 8_000);
        assertThat(throttle(1, 7, 1, 2).most()).isEqualTo(Integer.MAX_VALUE);
        assertThat(throttle(2, 7, 1, 2).most()).isEqualTo(1_000);
        assertThat(this.looks).isEqualTo(2);
    }

    @Test
    void windows_open_and_close_while_a_task_runs() {
        this.limits
            .add(new Limit(new Limited.Everything(), new Bandwidth(0, List.of(new Window(List.of(DayOfWeek.values()),
                    LocalTime.of(1, 0), LocalTime.of(2, 0), ZoneOffset.UTC, 8_000))), 1));
        BandwidthThrottle.Share throttle = throttle(1, 7, 1, 2);
        assertThat(throttle.most()).isEqualTo(Integer.MAX_VALUE);
        this.clock.advance(Duration.ofMinutes(90));
        this.throttles.refresh();
        assertThat(throttle.most()).isEqualTo(1_000);
        this.clock.advance(Duration.ofMinutes(30));
        this.throttles.refresh();
        assertThat(throttle.most()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_stop_ends_the_wait() {
        limit(new Limited.ByPolicy(7), 1024);
        BandwidthThrottle.Share throttle = throttle(1, 7, 1, 2);
        CompletableFuture<?> waiting = Copying.start(() -> {
            throttle.pass(100_000_000);
            return true;
        });
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !waiting.isDone());
        this.stop.stop();
        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StopSignal.Stopped.class);
    }

    @Test
    void a_limit_that_is_lifted_lets_those_go_who_wait() throws Exception {
        limit(new Limited.ByPolicy(7), 1024);
        limit(new Limited.Everything(), 2048);
        BandwidthThrottle.Share throttle = throttle(1, 7, 1, 2);
        CompletableFuture<Boolean> waiting = Copying.start(() -> {
            throttle.pass(100_000_000);
            return true;
        });
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !waiting.isDone());
        this.limits.clear();
        this.throttles.refresh();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void many_that_pass_at_once_stay_below_the_limit_together() {
        limit(new Limited.ByPolicy(7), 100_000);
        limit(new Limited.ByRegistry(1), 1_000_000);
        BandwidthThrottle.Share throttle = throttle(1, 7, 1, 2);
        long began = System.nanoTime();
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(Copying.start(() -> {
                for (int piece = 0; piece < 20; piece++) {
                    throttle.pass(500);
                }
                return true;
            }));
        }
        all.forEach(CompletableFuture::join);
        // 200,000 bytes, of which a second's may have been kept.
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

}
