package oci.auth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import fixtures.SettableClock;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.CredentialSource.Issued;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeptCredentialTest {

    final SettableClock clock = new SettableClock();

    final StopSignal stop = new StopSignal();

    final AtomicInteger asked = new AtomicInteger();

    Duration life = Duration.ofHours(12);

    @ParameterizedTest
    @CsvSource({ "PT12H, PT11H55M", "PT1H, PT55M", "PT10M, PT8M", "PT25S, PT20S", "PT1S, PT0.8S" })
    void is_renewed_a_little_before_its_end(Duration lasting, Duration renewed) {
        this.life = lasting;
        KeptCredential kept = kept(this::issue);
        Issued first = kept.current(this.stop);
        this.clock.advance(renewed.minusMillis(1));
        assertThat(kept.current(this.stop)).isSameAs(first);
        this.clock.advance(Duration.ofMillis(1));
        assertThat(kept.current(this.stop)).isNotEqualTo(first);
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void many_who_want_it_at_once_make_one_request() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        KeptCredential kept = kept((useless) -> {
            begun.countDown();
            await(end);
            return issue(useless);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Issued>> all = new ArrayList<>();
            all.add(threads.submit(() -> kept.current(this.stop)));
            begun.await();
            IntStream.range(0, 99).forEach((_) -> all.add(threads.submit(() -> kept.current(this.stop))));
            end.countDown();
            for (Future<Issued> each : all) {
                assertThat(each.get()).isSameAs(all.getFirst().get());
            }
        }
        assertThat(this.asked).hasValue(1);
    }

    @Test
    void what_an_issuer_does_not_know_is_not_what_was_asked_for() {
        KeptCredential kept = kept((_) -> {
            throw new RegistryFailure.NotFound("no such instance");
        });
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> kept.current(this.stop))
            .withMessage("no such instance");
    }

    @Test
    void many_of_whom_one_is_refused_make_one_request() throws Exception {
        KeptCredential kept = kept(this::issue);
        Issued refused = kept.current(this.stop);
        kept.works();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Issued>> all = IntStream.range(0, 100)
                .mapToObj((_) -> threads.submit(() -> kept.insteadOf(refused, this.stop)))
                .toList();
            for (Future<Issued> each : all) {
                assertThat(each.get()).isEqualTo(all.getFirst().get()).isNotEqualTo(refused);
            }
        }
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void what_never_worked_is_not_asked_for_again_and_again() {
        KeptCredential kept = kept(this::issue);
        Issued first = kept.current(this.stop);
        assertThat(kept.insteadOf(first, this.stop)).isSameAs(first);
        this.clock.advance(Duration.ofSeconds(1));
        Issued second = kept.insteadOf(first, this.stop);
        assertThat(second).isNotEqualTo(first);
        assertThat(kept.insteadOf(second, this.stop)).isSameAs(second);
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void where_renewing_fails_what_has_not_ended_is_used_on() {
        KeptCredential kept = kept((useless) -> {
            if (this.asked.get() > 0) {
                this.asked.incrementAndGet();
                throw new RegistryFailure.Transient("ask sts.example: 503", null);
            }
            return issue(useless);
        });
        Issued first = kept.current(this.stop);
        this.clock.advance(this.life.minusMinutes(5));
        assertThat(kept.current(this.stop)).isSameAs(first);
        this.clock.advance(Duration.ofSeconds(29));
        assertThat(kept.current(this.stop)).isSameAs(first);
        assertThat(this.asked).hasValue(2);
        this.clock.advance(Duration.ofSeconds(1));
        assertThat(kept.current(this.stop)).isSameAs(first);
        assertThat(this.asked).hasValue(3);
        this.clock.advance(Duration.ofMinutes(5));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> kept.current(this.stop))
            .withMessage("ask sts.example: 503");
    }

    @Test
    void what_has_ended_before_it_came_is_used_for_a_while() {
        this.life = Duration.ofDays(-3650);
        KeptCredential kept = kept(this::issue);
        Issued first = kept.current(this.stop);
        IntStream.range(0, 100).forEach((_) -> assertThat(kept.current(this.stop)).isSameAs(first));
        this.clock.advance(Duration.ofSeconds(30));
        assertThat(kept.current(this.stop)).isNotEqualTo(first);
        assertThat(this.asked).hasValue(2);
    }

    @Test
    void a_saved_password_stays_what_it_is() {
        Credential saved = new Credential.Basic("joe", new Secret("s3cret"));
        KeptCredential kept = kept(CredentialSource.of(saved));
        Issued first = kept.current(this.stop);
        this.clock.advance(Duration.ofDays(10_000));
        assertThat(kept.current(this.stop).credential()).isEqualTo(saved);
        assertThat(kept.insteadOf(first, this.stop)).isEqualTo(first);
    }

    @Test
    void the_source_is_told_what_is_of_no_use() {
        List<Issued> told = new ArrayList<>();
        KeptCredential kept = kept((useless) -> {
            told.add(useless);
            return issue(useless);
        });
        Issued first = kept.current(this.stop);
        kept.works();
        Issued second = kept.insteadOf(first, this.stop);
        this.clock.advance(this.life);
        kept.current(this.stop);
        assertThat(told).containsExactly(null, first, second);
    }

    private Issued issue(@Nullable Issued useless) {
        return new Issued(new Credential.Basic("AWS", new Secret("p" + this.asked.incrementAndGet())),
                this.clock.instant().plus(this.life));
    }

    private KeptCredential kept(CredentialSource source) {
        return new KeptCredential(source, new StopSignal(), this.clock);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

}
