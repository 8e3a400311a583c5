package oci.limits;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Reply;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Who may close a host to whom. */
class HostLimitsTest {

    private final FaultyRegistry host = new FaultyRegistry();

    private final FaultyRegistry proxy = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    @AfterEach
    void close() {
        this.host.close();
        this.proxy.close();
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 7 })
    void a_proxy_that_asks_to_wait_closes_the_host_to_nobody_else(long id) {
        this.host.on("GET", "/v2/", Reply.json("{}"));
        this.proxy.on("GET", "/v2/", Reply.status(429).header("Retry-After", "3600"));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class)
            .isThrownBy(() -> check(registry(id, this.proxy.url())))
            .withMessageContaining("429");
        assertThatNoException().isThrownBy(() -> check(registry(1, null)));
    }

    @Test
    void a_registry_that_is_tried_out_closes_its_host_to_nobody_else() {
        this.host.on("GET", "/v2/", Reply.status(429).header("Retry-After", "3600"), Reply.json("{}"));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> check(registry(0, null)));
        assertThatNoException().isThrownBy(() -> check(registry(1, null)));
    }

    @Test
    void hosts_that_nobody_asks_any_more_are_forgotten_but_not_one_that_is_to_wait() {
        for (int i = 0; i < 2500; i++) {
            ConcurrencyLimit lanes = this.limits.of(elsewhere("http://r" + i + ".example"));
            lanes.allowed(new RateLimit(100, Optional.empty()), Duration.ofSeconds(1));
            if (i == 0) {
                lanes.hold(Duration.ofMinutes(5));
            }
        }
        assertThat(this.limits.quotas()).hasSizeLessThanOrEqualTo(1000).containsKey("r0.example:80");
    }

    private static RegistryAccess elsewhere(String url) {
        return new RegistryAccess(1, URI.create(url), "", CredentialSource.of(new Credential.None()), false, null, null,
                0);
    }

    @Test
    void requests_start_no_faster_than_an_account_may_send_them_on_all_nodes_together() {
        RegistryAccess slow = elsewhere("http://slow.example").atMost(100);
        assertThat(timeFor(11, slow)).isGreaterThan(Duration.ofMillis(80));

        this.limits.shareWith(3);
        assertThat(timeFor(11, slow)).isGreaterThan(Duration.ofMillis(240));
    }

    @Test
    void nobody_waits_for_longer_than_its_patience_and_a_turn_that_is_given_up_is_anothers() {
        RegistryAccess slow = elsewhere("http://slower.example").atMost(1);
        ConcurrencyLimit limit = this.limits.of(slow);
        limit.awaitTurn(Rates.Kind.READ, "slower.example", "ask", Duration.ofSeconds(5), new StopSignal());
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(RegistryFailure.RateLimited.class)
                .isThrownBy(() -> limit.awaitTurn(Rates.Kind.READ, "slower.example", "ask", Duration.ofMillis(10),
                        new StopSignal()))
                .withMessageMatching(".*turn is in [01] s");
        }
    }

    @Test
    void each_kind_of_requests_has_a_rate_of_its_own_beside_that_of_all() {
        RegistryAccess slow = elsewhere("http://kinds.example")
            .within(Rates.NONE.with(Rates.Kind.MANIFEST_PUT, 10).with(Rates.Kind.WRITE, 1000));
        assertThat(timeFor(6, slow, Rates.Kind.MANIFEST_PUT)).isGreaterThan(Duration.ofMillis(480));
        assertThat(timeFor(6, slow, Rates.Kind.WRITE)).isLessThan(Duration.ofMillis(400));
        assertThat(timeFor(100, slow, Rates.Kind.READ)).isLessThan(Duration.ofMillis(400));
        RegistryAccess all = slow.within(slow.rates().with(Rates.Kind.ALL, 50));
        assertThat(timeFor(11, all, Rates.Kind.READ)).isGreaterThan(Duration.ofMillis(180));
    }

    @Test
    void the_strictest_of_the_registries_at_a_host_holds_and_an_edit_counts() {
        RegistryAccess first = elsewhere("http://two.example").atMost(20);
        ConcurrencyLimit limit = this.limits.of(first);
        RegistryAccess second = new RegistryAccess(2, first.url(), "", first.credentials(), false, null, null, 1000);
        assertThat(this.limits.of(second)).isSameAs(limit);
        assertThat(timeFor(4, second)).isGreaterThan(Duration.ofMillis(140));
        this.limits.of(first.within(Rates.NONE));
        assertThat(timeFor(4, second)).isLessThan(Duration.ofMillis(140));
    }

    @Test
    void tokens_redirects_and_every_other_request_to_the_host_count() {
        this.host
            .on("GET", "/v2/",
                    Reply.status(401)
                        .header("WWW-Authenticate", "Bearer realm=\"%s/token\"".formatted(this.host.url())),
                    Reply.json("{}"))
            .on("GET", "/token", Reply.json("{\"token\":\"t\"}"))
            .on("GET", "/v2/lib/app/tags/list", Reply.status(307).header("Location", "/moved"))
            .on("GET", "/moved", Reply.json("{\"tags\":[\"v1\"]}"));
        try (RemoteRegistry connected = RemoteRegistry.connect(registry(1, null).atMost(20), Patience.SHORT,
                this.limits)) {
            long begin = System.nanoTime();
            assertThat(connected.source("lib/app", new StopSignal()).tags()).containsExactly("v1");
            connected.check();
            int sent = Stream.of("/v2/", "/token", "/v2/lib/app/tags/list", "/moved")
                .mapToInt((path) -> this.host.requests("GET", path).size())
                .sum();
            assertThat(sent).isGreaterThanOrEqualTo(4);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofMillis(50L * (sent - 1) - 20));
        }
    }

    private Duration timeFor(int requests, RegistryAccess access) {
        return timeFor(requests, access, Rates.Kind.READ);
    }

    private Duration timeFor(int requests, RegistryAccess access, Rates.Kind kind) {
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            this.limits.of(access).awaitTurn(kind, "slow.example", "ask", Duration.ofSeconds(5), new StopSignal());
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void two_that_are_saved_wait_for_the_same_host() {
        this.host.on("GET", "/v2/", Reply.status(429).header("Retry-After", "3600"), Reply.json("{}"));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> check(registry(1, null)));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(() -> check(registry(2, null)))
            .withMessageContaining("wants to be asked again in 3");
    }

    @Test
    void a_proxy_is_the_same_however_it_is_written() {
        this.proxy.on("GET", "/v2/", Reply.status(429).header("Retry-After", "3600"), Reply.json("{}"));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class)
            .isThrownBy(() -> check(registry(1, this.proxy.url())));
        assertThatExceptionOfType(RegistryFailure.RateLimited.class)
            .isThrownBy(() -> check(registry(2, URI.create(this.proxy.url() + "/"))))
            .withMessageContaining("wants to be asked again");
    }

    private void check(RegistryAccess registry) {
        try (RemoteRegistry connected = RemoteRegistry.connect(registry, Patience.SHORT, this.limits)) {
            connected.check();
        }
    }

    private RegistryAccess registry(long id, @Nullable URI by) {
        return new RegistryAccess(id, this.host.url(), "", CredentialSource.of(new Credential.None()), false, null, by,
                0);
    }

}
