package oci.remote;

import java.util.List;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.message.Challenge;
import oci.model.RegistryAccess;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How a registry asks for a login. */
class StrangerTest {

    private final FaultyRegistry faulty = new FaultyRegistry();

    private final RegistryAccess access = Registered.at(this.faulty.url()).basic("me", "pw").access();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    StrangerTest() {
        this.faulty.on("GET", "/v2/", Reply.status(401)
            .header("WWW-Authenticate", "Bearer realm=\"%s/token\",service=\"vendor\"".formatted(this.faulty.url())));
    }

    @AfterEach
    void close() {
        this.faulty.close();
    }

    @Test
    void a_stranger_is_told_how_to_log_in() {
        List<Challenge> challenges = RemoteRegistry.challenges(this.access, Patience.SHORT, this.limits,
                new StopSignal());
        assertThat(challenges).singleElement().satisfies((challenge) -> {
            assertThat(challenge.scheme()).isEqualTo("bearer");
            assertThat(challenge.parameter("service")).contains("vendor");
        });
        assertThat(this.faulty.requests("GET", "/v2/").getFirst().authorization()).isEmpty();
    }

}
