package adapters.generic;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;

import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Reply;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** What an operator is told of a registry that cannot be used. */
class CheckTest {

    static final RealRegistry PLAIN = RealRegistry.start();

    static final RealRegistry SECURE = RealRegistry.builder().tls().basicAuth("joe", "s3cret").start();

    static final RealRegistry MISNAMED = RealRegistry.builder().tlsOf("other.example").start();

    @AfterAll
    static void end() {
        PLAIN.close();
        SECURE.close();
        MISNAMED.close();
    }

    @Test
    void a_registry_that_lets_anyone_in_is_well() {
        check(Registered.at(PLAIN));
    }

    @Test
    void a_password_and_a_private_authority_are_accepted() {
        check(Registered.at(SECURE).basic("joe", "s3cret").trusting(SECURE.caPem()));
    }

    @Test
    void an_insecure_registry_is_believed_whatever_its_name() {
        check(Registered.at(MISNAMED).trustingAnyone());
    }

    @Test
    void a_wrong_password_is_unauthorized() {
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
            .isThrownBy(() -> check(Registered.at(SECURE).basic("joe", "wr0ng").trusting(SECURE.caPem())))
            .withMessageStartingWith("check " + SECURE.host() + ": 401 UNAUTHORIZED \"authentication required\"")
            .satisfies((failure) -> assertThat(failure.reason().hint()).isEqualTo("the credential is wrong or missing"))
            .satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("wr0ng"));
    }

    @Test
    void no_password_is_unauthorized() {
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class)
            .isThrownBy(() -> check(Registered.at(SECURE).trusting(SECURE.caPem())));
    }

    @Test
    void an_authority_that_nobody_knows_is_told_with_the_way_out() {
        permanent(Registered.at(SECURE), "the certificate of " + SECURE.host() + " is not trusted",
                "give its authority as ca_certificate, or set insecure");
    }

    @Test
    void a_certificate_for_another_name_is_told() {
        permanent(Registered.at(MISNAMED).trusting(MISNAMED.caPem()), "is for another host: ");
    }

    @Test
    void http_where_https_is_spoken_is_told() {
        permanent(Registered.at(URI.create("http://" + SECURE.host())), "HTTPS",
                "did you mean https://" + SECURE.host() + "?");
    }

    @Test
    void https_where_http_is_spoken_is_told() {
        permanent(Registered.at(URI.create("https://" + PLAIN.host())), "speaks plain http",
                "did you mean http://" + PLAIN.host() + "?");
    }

    @Test
    void what_is_no_registry_is_told_with_its_first_words() {
        try (FaultyRegistry faulty = new FaultyRegistry()) {
            faulty.on("GET", "/v2/", Reply.body(200, "<h1>Welcome to nginx!</h1>"));
            permanent(Registered.at(faulty.url()), "this is no registry, it answered 200 \"Welcome to nginx!\"");
            faulty.on("GET", "/v2/", Reply.body(404, "<h1>Not Found</h1>"));
            permanent(Registered.at(faulty.url()), "this is no registry, it answered 404 \"Not Found\"");
        }
    }

    @Test
    void a_path_before_the_api_is_kept() {
        try (FaultyRegistry faulty = new FaultyRegistry()) {
            faulty.on("GET", "/prefix/v2/", Reply.json("{}"));
            assertThatNoException().isThrownBy(() -> check(Registered.at(URI.create(faulty.url() + "/prefix/"))));
        }
    }

    @Test
    void a_name_that_cannot_be_resolved_may_come_back() {
        passing(Registered.at(URI.create("https://registry.invalid")), "the name registry.invalid cannot be resolved");
    }

    @Test
    void a_port_where_nobody_listens_may_come_back() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        passing(Registered.at(URI.create("http://127.0.0.1:" + port)), "127.0.0.1:" + port + " refuses the connection");
    }

    private static void permanent(Registered registered, String text, String hint) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> check(registered))
            .withMessageContaining(text)
            .satisfies((failure) -> assertThat(failure.reason().hint()).isEqualTo(hint));
    }

    private static void permanent(Registered registered, String text) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> check(registered))
            .withMessageContaining(text)
            .satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("\n"));
    }

    private static void passing(Registered registered, String text) {
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> check(registered))
            .withMessageContaining(text);
    }

    private static void check(Registered registered) {
        try (GenericRegistry registry = new GenericAdapter(Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))
            .connect(registered.build())) {
            registry.check();
        }
    }

}
