package oci.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import fixtures.BareServer;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.TestAuthority;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import oci.net.HttpSettings;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an operator is told of a host's TLS; none of it is tried again. */
class TlsFaultTest {

    static final Function<BareServer.Request, String> REGISTRY = (_) -> BareServer.answer(200, "{}");

    /** Certificates are judged by the machine's clock. */
    private final Instant now = Instant.now();

    static final TestAuthority GOOD = TestAuthority.create();

    @Test
    void a_certificate_that_has_expired() {
        TestAuthority authority = TestAuthority.valid(this.now.minus(Duration.ofDays(2)),
                this.now.minus(Duration.ofDays(1)));
        told(authority.serverContext(), authority, "the certificate of HOST has expired (NotAfter: ",
                "it has to be renewed there");
    }

    @Test
    void a_certificate_that_is_not_valid_yet() {
        TestAuthority authority = TestAuthority.valid(this.now.plus(Duration.ofDays(1)),
                this.now.plus(Duration.ofDays(2)));
        told(authority.serverContext(), authority, "the certificate of HOST is not valid yet (NotBefore: ",
                "look at the clocks here and there");
    }

    @Test
    void a_certificate_for_another_name_when_asked_by_address() {
        TestAuthority authority = TestAuthority.named("registry.example");
        told(authority.serverContext(), authority,
                "the certificate of HOST is for another host: it names registry.example",
                "use such a name, or set insecure");
    }

    @Test
    void a_certificate_for_another_name_when_asked_by_name() {
        TestAuthority authority = TestAuthority.named("registry.example");
        try (BareServer server = BareServer.tls(authority.serverContext(), false, REGISTRY)) {
            URI url = URI.create("https://localhost:" + server.port());
            assertThat(failure(Registered.at(url).trusting(authority.pem())).getMessage())
                .contains("the certificate of localhost:" + server.port() + " is for another host: it names ");
        }
    }

    @Test
    void an_authority_that_is_not_known() {
        told(GOOD.serverContext(), TestAuthority.named("other.example"), "the certificate of HOST is not trusted",
                "give its authority as ca_certificate, or set insecure");
    }

    @Test
    void a_client_certificate_that_is_demanded() {
        try (BareServer server = BareServer.tls(GOOD.serverContext(), true, REGISTRY)) {
            assertThat(failure(Registered.at(server.url()).trusting(GOOD.pem())).reason().toString())
                .startsWith("check " + server.host() + ": " + server.host())
                .contains("demands a client certificate")
                .contains("Drayage");
        }
    }

    @Test
    void plain_http_where_tls_is_asked_for() {
        try (RealRegistry server = RealRegistry.start()) {
            RegistryFailure failure = failure(Registered.at(URI.create("https://" + server.host())));
            assertThat(failure).hasMessageEndingWith(server.host() + " speaks plain http");
            assertThat(failure.reason().hint()).isEqualTo("did you mean http://" + server.host() + "?");
        }
    }

    @Test
    void a_plain_server_that_waits_for_more_than_tls_sends() {
        HttpSettings hasty = Patience.connecting(Duration.ofMillis(300));
        try (BareServer server = BareServer.plain(REGISTRY);
                RemoteRegistry registry = RemoteRegistry.connect(
                        Registered.at(URI.create("https://" + server.host())).access(), hasty,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(registry::check)
                .withMessageEndingWith("does not finish the TLS handshake in time")
                .satisfies((failure) -> assertThat(failure.reason().hint()).isEqualTo("it may speak plain http"));
        }
    }

    @Test
    void tls_where_plain_http_is_asked_for() {
        try (BareServer server = BareServer.tls(GOOD.serverContext(), false, REGISTRY)) {
            assertThat(failure(Registered.at(URI.create("http://" + server.host()))).reason().hint())
                .isEqualTo("did you mean https://" + server.host() + "?");
        }
    }

    private static void told(SSLContext context, TestAuthority trusted, String part, String hint) {
        try (BareServer server = BareServer.tls(context, false, REGISTRY)) {
            RegistryFailure failure = failure(Registered.at(server.url()).trusting(trusted.pem()));
            assertThat(failure.getMessage()).startsWith("check " + server.host() + ": ")
                .contains(part.replace("HOST", server.host()));
            assertThat(failure.reason().hint()).isEqualTo(hint);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private static RegistryFailure failure(Registered registered) {
        try (RemoteRegistry registry = RemoteRegistry.connect(registered.access(), Patience.SHORT,
                new HostLimits(LimitSizes.DEFAULTS))) {
            return assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(registry::check).actual();
        }
    }

}
