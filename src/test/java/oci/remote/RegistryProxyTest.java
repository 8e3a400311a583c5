package oci.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import fixtures.BareServer;
import fixtures.FaultyRegistry;
import fixtures.ForwardProxy;
import fixtures.MutualTlsServer;
import fixtures.Patience;
import fixtures.Reply;
import fixtures.SocksServer;
import fixtures.TestAuthority;
import oci.http.SdkHttp;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A registry's own proxy, with a password and without, by HTTP and by SOCKS. */
class RegistryProxyTest {

    private static final Credential.Basic ANN = new Credential.Basic("ann", new Secret("p:ss wörd"));

    private static final TestAuthority AUTHORITY = TestAuthority.named("registry.example");

    private final FaultyRegistry registry = new FaultyRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final URI plain = URI.create("http://registry.example:" + this.registry.url().getPort());

    RegistryProxyTest() {
        this.registry.on("GET", "/v2/", Reply.json("{}"));
    }

    @AfterEach
    void close() {
        this.registry.close();
    }

    @Test
    void a_proxy_with_a_password_is_logged_in_to_for_http_and_for_https() {
        try (ForwardProxy proxy = ForwardProxy.behind("ann:p:ss wörd");
                MutualTlsServer secure = MutualTlsServer.asking(AUTHORITY)) {
            URI way = URI.create("http://" + proxy.host());
            check(this.plain, way, ANN);
            check(named(secure), way, ANN);
            assertThat(proxy.passed()).containsExactly(this.plain.getAuthority(), named(secure).getAuthority());
            assertThat(this.registry.requests("GET", "/v2/")).hasSize(1);
        }
    }

    @Test
    void its_refusal_is_told_in_one_line_as_the_proxys() {
        Credential.Basic wrong = new Credential.Basic("ann", new Secret("hidden-word"));
        try (ForwardProxy proxy = ForwardProxy.behind("ann:p:ss wörd")) {
            URI way = URI.create("http://" + proxy.host());
            for (URI url : new URI[] { this.plain, URI.create("https://registry.example:1") }) {
                for (Credential.@Nullable Basic login : new Credential.Basic[] { wrong, null }) {
                    assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> check(url, way, login))
                        .withMessage("check %s: the proxy refuses: 407", url.getAuthority())
                        .satisfies((failure) -> assertThat(failure.reason().hint())
                            .contains("proxy_user and proxy_password"));
                }
            }
        }
    }

    @Test
    void a_socks_proxy_gets_the_hosts_name_with_a_login_or_without() {
        try (SocksServer open = SocksServer.open();
                SocksServer closed = SocksServer.behind("ann:p:ss wörd");
                MutualTlsServer secure = MutualTlsServer.asking(AUTHORITY)) {
            check(this.plain, socks(open), null);
            check(this.plain, socks(open), ANN);
            check(named(secure), socks(closed), ANN);
            check(URI.create("http://[::1]:" + this.plain.getPort()), socks(open), null);
            assertThat(open.passed()).containsExactly("name " + this.plain.getAuthority(),
                    "name " + this.plain.getAuthority(), "address 0:0:0:0:0:0:0:1:" + this.plain.getPort());
            assertThat(closed.passed()).containsExactly("name " + named(secure).getAuthority());
            assertThat(open.mistakes()).isEmpty();
            assertThat(closed.mistakes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "1 | fails to connect to registry.example:1",
                    "2 | does not allow connections to registry.example:1",
                    "4 | cannot reach or resolve registry.example:1", "5 | is refused by registry.example:1" })
    void what_a_socks_proxy_answers_is_told_as_its_own(int reply, String words) {
        try (SocksServer proxy = SocksServer.open()) {
            proxy.reply(reply);
            assertThatExceptionOfType(RegistryFailure.class)
                .isThrownBy(() -> check(URI.create("http://registry.example:1"), socks(proxy), null))
                .withMessage("check registry.example:1: the proxy %s %s", proxy.host(), words);
            assertThat(proxy.passed()).hasSize((reply == 2) ? 1 : Patience.SHORT.attempts());
        }
    }

    @Test
    void a_socks_proxy_that_refuses_the_login_or_asks_for_one_is_told_at_once() {
        try (SocksServer proxy = SocksServer.behind("ann:right")) {
            refused(proxy.host(), new Credential.Basic("ann", new Secret("hidden-word")), "refuses the login");
            refused(proxy.host(), null, "asks for a login");
        }
    }

    @Test
    void what_is_no_socks_proxy_is_told() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> greet(other));
            refused("127.0.0.1:" + other.getLocalPort(), ANN, "does not speak SOCKS 5");
        }
        try (BareServer web = BareServer.plain((_) -> BareServer.answer(400, "what?"))) {
            refused(web.host(), ANN, "does not answer in time; it may not speak SOCKS 5");
        }
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> check(this.plain, URI.create("socks5://127.0.0.1:1"), null))
            .withMessageContaining("the proxy 127.0.0.1:1 cannot be reached");
    }

    @Test
    void a_vendors_library_goes_the_same_way() {
        try (SocksServer socks = SocksServer.behind("ann:p:ss wörd");
                ForwardProxy proxy = ForwardProxy.behind("ann:p:ss wörd");
                MutualTlsServer secure = MutualTlsServer.asking(AUTHORITY)) {
            for (URI way : new URI[] { socks(socks), URI.create("http://" + proxy.host()) }) {
                try (SdkHttp library = new SdkHttp(access(this.plain, way, ANN), (_) -> true, Patience.SHORT,
                        this.limits)) {
                    assertThat(library.send("GET", named(secure).toString(), Map.of(), new byte[0]).status())
                        .isEqualTo(200);
                }
            }
            assertThat(socks.passed()).hasSize(1);
            assertThat(proxy.passed()).hasSize(1);
        }
    }

    @Test
    void two_socks_proxies_are_two_ways_to_a_host() {
        RegistryAccess one = access(this.plain, URI.create("socks5://one.example"), null);
        RegistryAccess other = access(this.plain, URI.create("SOCKS5://Other.example:1080"), null);
        assertThat(this.limits.of(one)).isNotSameAs(this.limits.of(other))
            .isSameAs(this.limits.of(access(this.plain, URI.create("socks5://one.example:1080/"), null)));
        assertThat(other.proxy().orElseThrow().text()).isEqualTo("other.example:1080");
    }

    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("SSH-2.0-other\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        }
        catch (IOException _) {
            // Its end.
        }
    }

    private void refused(String host, Credential.@Nullable Basic login, String words) {
        assertThatExceptionOfType(RegistryFailure.class)
            .isThrownBy(() -> check(this.plain, URI.create("socks5://" + host), login))
            .satisfies((failure) -> assertThat(failure.getMessage())
                .startsWith("check %s: the proxy %s ".formatted(this.plain.getAuthority(), host))
                .contains(words)
                .doesNotContain("hidden-word", "wörd"));
    }

    private void check(URI url, URI proxy, Credential.@Nullable Basic login) {
        try (RemoteRegistry connected = RemoteRegistry.connect(access(url, proxy, login),
                Patience.connecting(Duration.ofMillis(500)), this.limits)) {
            connected.check();
        }
    }

    private static URI named(MutualTlsServer server) {
        return URI.create("https://registry.example:" + server.url().getPort());
    }

    private static URI socks(SocksServer proxy) {
        return URI.create("socks5://" + proxy.host());
    }

    private static RegistryAccess access(URI url, URI proxy, Credential.@Nullable Basic login) {
        return new RegistryAccess(1, url, "", CredentialSource.of(new Credential.None()), false, AUTHORITY.pem(), null,
                proxy, login, Rates.NONE);
    }

}
