package adapters.aliyun;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import adapters.signed.AccessKey;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.SettableClock;
import fixtures.vendors.AliyunFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.JsonApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoleKeysTest {

    private final AliyunFront front = new AliyunFront();

    private final StopSignal stop = new StopSignal();

    private final SettableClock clock = new SettableClock();

    private final JsonApi sts = JsonApi.at(Registered.at(URI.create(this.front.apiUrl())).access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    private final Path token;

    private final RoleKeys keys;

    RoleKeysTest(@TempDir Path folder) throws IOException {
        this.token = Files.writeString(folder.resolve("token"), AliyunFront.POD_TOKEN);
        this.clock.advance(Duration.between(this.clock.instant(), Instant.now()));
        this.keys = new RoleKeys(this.sts, Map.of("ALIBABA_CLOUD_ROLE_ARN", "role", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                "provider", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", this.token.toString())::get, this.clock);
    }

    @AfterEach
    void close() {
        this.sts.close();
        this.front.close();
        assertThat(this.front.mistakes).isEmpty();
    }

    @Test
    void a_hundred_callers_ask_for_one_key_and_it_is_renewed_before_its_end() {
        List<CompletableFuture<AccessKey>> callers = IntStream.range(0, 100)
            .mapToObj((_) -> CompletableFuture.supplyAsync(() -> this.keys.current(this.stop),
                    Thread::startVirtualThread))
            .toList();
        assertThat(callers)
            .allSatisfy((caller) -> assertThat(caller.join().token().reveal()).isEqualTo("canary-of-the-role"));
        assertThat(asked()).isEqualTo(1);
        this.clock.advance(Duration.ofMinutes(54));
        this.keys.current(this.stop);
        assertThat(asked()).isEqualTo(1);
        this.clock.advance(Duration.ofMinutes(2));
        this.keys.current(this.stop);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void a_key_is_used_to_its_end_while_no_other_is_issued() throws IOException {
        AccessKey first = this.keys.current(this.stop);
        Files.writeString(this.token, "of another pod");
        this.clock.advance(Duration.ofMinutes(56));
        assertThat(this.keys.current(this.stop)).isSameAs(first);
        this.clock.advance(Duration.ofMinutes(5));
        assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> this.keys.current(this.stop))
            .withMessageContaining("AssumeRoleWithOIDC at ")
            .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("of another pod"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "AccessKeyId", "AccessKeySecret", "SecurityToken", "Expiration" })
    void an_answer_without_a_part_of_the_key_is_told_and_the_last_key_used_to_its_end(String field) {
        AccessKey first = this.keys.current(this.stop);
        this.front.withheld.add(field);
        this.clock.advance(Duration.ofMinutes(56));
        assertThat(this.keys.current(this.stop)).isSameAs(first);
        this.clock.advance(Duration.ofMinutes(5));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.keys.current(this.stop))
            .withMessage("AssumeRoleWithOIDC: the answer has no " + field);
    }

    private long asked() {
        return this.front.apiRequests("POST", "AssumeRoleWithOIDC");
    }

}
