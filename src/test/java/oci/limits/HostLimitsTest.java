package oci.limits;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Reply;
import oci.model.Credential;
import oci.model.CredentialSource;
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
        limit.acquire(Lane.SMALL, "slower.example", "ask", Duration.ofSeconds(5), new StopSignal()).close();
        for (int i = 0; i < 50; i++) {
            assertThatExceptionOfType(RegistryFailure.RateLimited.class).isThrownBy(
                    () -> limit.acquire(Lane.SMALL, "slower.example", "ask", Duration.ofMillis(10), new StopSignal()))
                .withMessageContaining("turn is in 0 s");
        }
    }

    private Duration timeFor(int requests, RegistryAccess access) {
        long begin = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            this.limits.of(access)
                .acquire(Lane.SMALL, "slow.example", "ask", Duration.ofSeconds(5), new StopSignal())
                .close();
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
