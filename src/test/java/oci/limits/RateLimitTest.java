package oci.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import oci.remote.RetryTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RateLimitTest {

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry registry = RemoteRegistry.connect(Registered.at(this.faulty.url()).access(),
            Patience.SHORT, this.limits);

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            RateLimit-Remaining: 76;w=21600                          | 76  |
            RateLimit-Remaining: 0, RateLimit-Reset: 30              | 0   | 30
            ratelimit-limit: 100, ratelimit-remaining: 99            | 99  |
            X-RateLimit-Remaining: 5, X-RateLimit-Reset: 12          | 5   | 12
            X-RateLimit-Remaining: 0, X-RateLimit-Reset: 1000000001  | 0   | 0
            RateLimit: "pulls";r=50;t=30                             | 50  | 30
            RateLimit: r=7                                           | 7   |
            X-RateLimit-Limit: 180, X-RateLimit-Remaining: 179       | 179 |
            RateLimit-Remaining: 3, RateLimit-Reset: 1000000001      | 3   | 0
            RateLimit-Remaining: many                                |     |
            RateLimit-Limit: 100                                     |     |
            """)
    void is_read_in_all_its_forms(String headers, Long left, Long seconds) {
        tags(headers);
        Map<String, RateLimit> quotas = this.limits.quotas();
        if (left == null) {
            assertThat(quotas).isEmpty();
        }
        else {
            assertThat(quotas.values()).singleElement().satisfies((quota) -> {
                assertThat(quota.left()).isEqualTo(left);
                assertThat(quota.reset().map(Duration::toSeconds).orElse(null)).isEqualTo(seconds);
            });
            assertThat(quotas).containsOnlyKeys(this.faulty.url().getAuthority());
        }
    }

    @Test
    void a_point_in_time_is_so_long_from_now() {
        tags("X-RateLimit-Remaining: 9, X-RateLimit-Reset: " + (Instant.now().getEpochSecond() + 3600));
        assertThat(this.limits.quotas().values()).singleElement()
            .satisfies((quota) -> assertThat(quota.reset().orElseThrow()).isBetween(Duration.ofMinutes(50),
                    Duration.ofMinutes(61)));
    }

    @Test
    void nothing_more_is_asked_of_a_host_that_allows_nothing() {
        ConcurrencyLimit lanes = new ConcurrencyLimit(LimitSizes.DEFAULTS);
        try (Permits.Permit _ = acquire(lanes, Lane.SMALL, new StopSignal())) {
            lanes.allowed(new RateLimit(0, Optional.of(Duration.ofMinutes(1))), Duration.ofMinutes(2));
        }
        StopSignal stop = new StopSignal();
        CompletableFuture<Permits.Permit> next = CompletableFuture.supplyAsync(() -> acquire(lanes, Lane.READ, stop),
                Thread::startVirtualThread);
        await().during(200, TimeUnit.MILLISECONDS).until(() -> !next.isDone());
        stop.stop();
        assertThat(next).failsWithin(5, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(StopSignal.Stopped.class);
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 200 })
    void what_is_allowed_is_asked_and_for_long_nobody_waits(long left) {
        ConcurrencyLimit lanes = new ConcurrencyLimit(LimitSizes.DEFAULTS);
        Duration reset = (left == 1) ? Duration.ofHours(1) : Duration.ofMinutes(1);
        List<Permits.Permit> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(acquire(lanes, Lane.SMALL, new StopSignal()));
        }
        lanes.allowed(new RateLimit(left, Optional.of(reset)), Duration.ofMinutes(2));
        CompletableFuture<Permits.Permit> next = CompletableFuture
            .supplyAsync(() -> acquire(lanes, Lane.SMALL, new StopSignal()), Thread::startVirtualThread);
        assertThat(next).succeedsWithin(5, TimeUnit.SECONDS);
        held.forEach(Permits.Permit::close);
    }

    private Permits.Permit acquire(ConcurrencyLimit lanes, Lane lane, StopSignal stop) {
        return lanes.acquire(lane, this.faulty.url().getAuthority(), "ask", Duration.ofMinutes(2), stop);
    }

    private void tags(String headers) {
        Reply reply = RetryTest.GOOD;
        for (String header : headers.split(", ", -1)) {
            String[] pair = header.split(": ", 2);
            reply = reply.header(pair[0], pair.length > 1 ? pair[1] : "");
        }
        this.faulty.on("GET", RetryTest.TAGS, reply);
        assertThat(this.registry.source("lib/app", new StopSignal()).tags()).containsExactly("1.0");
    }

}
