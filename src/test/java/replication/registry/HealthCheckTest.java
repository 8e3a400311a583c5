package replication.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import adapters.generic.GenericAdapter;
import fixtures.FaultyRegistry;
import fixtures.LogLines;
import fixtures.MemoryRegistries;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.Samples;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.net.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import replication.Refusal;
import replication.StoreAway;
import replication.registry.Health.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Registries are checked side by side, and what one ends with concerns no other. */
class HealthCheckTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);

    private static final Registry LOCKED = new Registry(9, "locked", "", "oci", Samples.registry(9).url(), false,
            RegistryCredential.basic("me", Secret.sealed("v1:x", () -> {
                throw new IllegalStateException("sealed with another key");
            })), null, null, 0);

    private final CountDownLatch end = new CountDownLatch(1);

    private final Map<Long, Runnable> connects = new HashMap<>();

    private final Map<Long, Runnable> checks = new HashMap<>();

    @AfterEach
    void letGo() {
        this.end.countDown();
    }

    private HealthCheck healthCheck(Registries registries) {
        return new HealthCheck(new Adapters(List.of(new Scripted())), registries, Clock.systemUTC(), DEADLINE);
    }

    private static MemoryRegistries registries(int count) {
        return new MemoryRegistries(
                LongStream.rangeClosed(1, count).mapToObj(Samples::registry).toArray(Registry[]::new));
    }

    private void hang() {
        try {
            this.end.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void each_gets_its_own_end_whatever_the_others_end_with() {
        MemoryRegistries registries = registries(8);
        registries.insert(LOCKED, Health.UNKNOWN);
        registries.insert(Samples.registry(10), Health.UNKNOWN);
        this.checks.put(1L, this::hang);
        this.checks.put(2L, () -> {
            throw new RegistryFailure.Transient("check b.example: connection refused", null);
        });
        this.checks.put(3L, () -> {
            throw new RegistryFailure.Unauthorized("check c.example: 401");
        });
        this.checks.put(4L, () -> {
            throw new Refusal.Invalid("url", "the folder lies outside of the root");
        });
        this.checks.put(5L, () -> {
            throw new StackOverflowError();
        });
        this.checks.put(6L, () -> {
            throw new NullPointerException("x");
        });
        this.connects.put(7L, () -> {
            throw new Refusal.Invalid("credential", "a layout takes no credential");
        });
        this.connects.put(8L, () -> {
            throw new IllegalArgumentException("y");
        });

        try (LogLines log = new LogLines(HealthCheck.class.getName())) {
            healthCheck(registries).checkDue();
            assertThat(log.lines()).anyMatch((line) -> line.contains("registry registry-1 is unhealthy"))
                .noneMatch((line) -> line.contains("registry registry-10 is un"));
        }

        assertThat(said(registries, 1)).startsWith("UNHEALTHY check http://registry-1.example: no answer within");
        assertThat(said(registries, 2)).isEqualTo("UNHEALTHY check b.example: connection refused");
        assertThat(said(registries, 3)).isEqualTo("UNAUTHORIZED check c.example: 401");
        assertThat(said(registries, 4)).isEqualTo("UNHEALTHY the folder lies outside of the root");
        assertThat(said(registries, 5)).startsWith("UNHEALTHY the check failed by a defect");
        assertThat(said(registries, 6)).startsWith("UNHEALTHY the check failed by a defect");
        assertThat(said(registries, 7)).isEqualTo("UNHEALTHY a layout takes no credential");
        assertThat(said(registries, 8)).startsWith("UNHEALTHY the check failed by a defect");
        assertThat(said(registries, 9))
            .isEqualTo("UNAUTHORIZED registry locked: its secret cannot be opened with this key; give it anew");
        assertThat(said(registries, 10)).isEqualTo("HEALTHY ");
    }

    private static String said(MemoryRegistries registries, long id) {
        Health health = registries.find(id).orElseThrow().health();
        return health.status() + " " + health.reason();
    }

    @Test
    void they_are_asked_at_the_same_time_within_a_bound() {
        CyclicBarrier together = new CyclicBarrier(10);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        LongStream.rangeClosed(1, 100).forEach((id) -> this.checks.put(id, () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            if (id <= 10) {
                meet(together);
            }
            now.decrementAndGet();
        }));
        Batches registries = new Batches(registries(100));

        healthCheck(registries).checkDue();

        assertThat(registries.records.values()).allMatch((known) -> known.health().status() == Status.HEALTHY);
        assertThat(most.get()).isBetween(10, 32);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        }
        catch (InterruptedException | BrokenBarrierException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void black_holes_do_not_keep_the_others_waiting() {
        LongStream.rangeClosed(1, 30).forEach((id) -> this.checks.put(id, this::hang));
        Batches registries = new Batches(registries(100));
        healthCheck(registries).checkDue();
        assertThat(registries.records.values()).filteredOn((known) -> known.health().status() == Status.HEALTHY)
            .hasSize(70);
    }

    @Test
    void one_that_hangs_is_not_asked_again_before_it_has_come_back() {
        AtomicInteger asked = new AtomicInteger();
        this.checks.put(1L, () -> {
            asked.incrementAndGet();
            hang();
        });
        MemoryRegistries registries = registries(1);
        HealthCheck check = healthCheck(registries);
        check.checkDue();
        check.checkDue();
        assertThat(asked).hasValue(1);
        assertThat(said(registries, 1)).contains("no answer within");
    }

    @Test
    void health_that_cannot_be_written_is_the_duty_s_failure_after_all_have_been_asked() {
        AtomicInteger asked = new AtomicInteger();
        MemoryRegistries away = new MemoryRegistries(Samples.registry(1), Samples.registry(2)) {
            @Override
            public void recordHealth(long id, Health health) {
                throw new StoreAway(new IllegalStateException("connection refused"));
            }
        };
        LongStream.of(1, 2).forEach((id) -> this.checks.put(id, asked::incrementAndGet));
        assertThatThrownBy(() -> healthCheck(away).checkDue()).isInstanceOf(StoreAway.class);
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_host_that_takes_the_connection_and_says_nothing_is_told_by_its_address() {
        try (FaultyRegistry silent = new FaultyRegistry()) {
            silent.on("GET", "/v2/", Reply.hang());
            HealthCheck check = new HealthCheck(
                    new Adapters(
                            List.of(new GenericAdapter(HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS)))),
                    registries(0), Clock.systemUTC(), DEADLINE);
            Health health = check.check(Registered.at(silent.url()).build());
            assertThat(health.status()).isEqualTo(Status.UNHEALTHY);
            assertThat(health.reason()).startsWith("check " + silent.url() + ": no answer within");
        }
    }

    /** Registries that are each due once. */
    private static final class Batches extends MemoryRegistries {

        private long last;

        Batches(MemoryRegistries all) {
            super(all.records.values().stream().map(RegistryRecord::registry).toArray(Registry[]::new));
        }

        @Override
        public List<Registry> claimForCheck(int limit) {
            List<Registry> due = this.records.values()
                .stream()
                .map(RegistryRecord::registry)
                .filter((registry) -> registry.id() > this.last)
                .limit(limit)
                .toList();
            due.forEach((registry) -> this.last = registry.id());
            return due;
        }

    }

    /** Does for each registry what the test says. */
    private final class Scripted implements RegistryAdapter {

        @Override
        public AdapterInfo info() {
            return AdapterInfo.ofImages("oci", "Scripted", "");
        }

        @Override
        public RegistryConnection connect(Registry registry) {
            HealthCheckTest.this.connects.getOrDefault(registry.id(), () -> {
            }).run();
            return new RegistryConnection() {

                @Override
                public void check() {
                    HealthCheckTest.this.checks.getOrDefault(registry.id(), () -> {
                    }).run();
                }

                @Override
                public Stream<String> namespaces() {
                    return Stream.empty();
                }

                @Override
                public void createNamespace(String namespace) {
                    throw new IllegalStateException("a check creates nothing");
                }

                @Override
                public Stream<String> repositories(RepositoryQuery query) {
                    return Stream.empty();
                }

                @Override
                public void close() {
                    // There is nothing to close.
                }

            };
        }

    }

}
