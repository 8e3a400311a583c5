package oci.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import fixtures.ForwardProxy;
import fixtures.LoopbackServer;
import fixtures.Patience;
import fixtures.TestAuthority;
import fixtures.vendors.TlsFront;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SdkHttpTest {

    private static final byte[] NOTHING = {};

    private final TestAuthority authority = TestAuthority.create();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Statuses to answer with; 200 where there is none left. */
    private final Queue<Integer> statuses = new ArrayDeque<>();

    private final LoopbackServer server = new LoopbackServer((exchange) -> {
        this.asked.add("%s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("X-Sent"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        int status = this.statuses.isEmpty() ? 200 : this.statuses.remove();
        if (status == 302) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
        }
        byte[] body = "{\"canary\":1}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Told", "yes");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    });

    private final TlsFront secure = new TlsFront(this.authority, this.server.url().toString());

    @AfterEach
    void close() {
        this.secure.close();
        this.server.close();
    }

    @Test
    void what_a_library_sends_arrives_and_what_is_answered_is_told() {
        try (SdkHttp http = http(null, (_) -> true)) {
            SdkHttp.Reply reply = http.send("POST", this.server.url() + "/token?a=b",
                    Map.of("X-Sent", "so", "Content-Length", "7", "Accept-Encoding", "gzip"),
                    "form=1".getBytes(StandardCharsets.UTF_8));
            assertThat(this.asked).containsExactly("POST /token?a=b so form=1");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().get("x-told")).containsExactly("yes");
            assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("{\"canary\":1}");
        }
    }

    @Test
    void https_goes_through_the_registry_s_proxy_with_its_authorities_and_http_does_not() {
        try (ForwardProxy proxy = ForwardProxy.open(); SdkHttp http = http(proxy, (_) -> true)) {
            assertThat(http.send("GET", this.secure.url() + "/a", Map.of(), NOTHING).status()).isEqualTo(200);
            assertThat(http.send("GET", this.server.url() + "/b", Map.of(), NOTHING).status()).isEqualTo(200);
            assertThat(proxy.passed()).containsExactly(URI.create(this.secure.url()).getAuthority());
        }
    }

    @Test
    void a_certificate_is_checked_whatever_the_registry_s_setting_is() {
        RegistryAccess careless = new RegistryAccess(0, URI.create("https://registry.example"), "", none(), true, null,
                null, 0);
        try (SdkHttp http = new SdkHttp(careless, (_) -> true, Patience.SHORT, limits())) {
            assertThatExceptionOfType(RegistryFailure.class)
                .isThrownBy(() -> http.send("GET", this.secure.url() + "/a", Map.of(), NOTHING))
                .withMessageContaining("not trusted");
        }
        assertThat(this.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = { 429, 500, 503 })
    void what_may_pass_is_tried_again(int status) {
        this.statuses.add(status);
        try (SdkHttp http = http(null, (_) -> true)) {
            assertThat(http.send("GET", this.server.url() + "/a", Map.of(), NOTHING).status()).isEqualTo(200);
        }
        assertThat(this.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 302, 400, 401, 404 })
    void any_other_answer_is_the_library_s_to_read_and_leads_nowhere(int status) {
        this.statuses.add(status);
        try (SdkHttp http = http(null, (_) -> true)) {
            assertThat(http.send("GET", this.server.url() + "/a", Map.of(), NOTHING).status()).isEqualTo(status);
        }
        assertThat(this.asked).hasSize(1);
    }

    @Test
    void a_place_that_is_not_allowed_is_not_asked() {
        try (SdkHttp http = http(null, (place) -> place.host().equals("oauth2.example"))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> http.send("GET", this.server.url() + "/a", Map.of(), NOTHING))
                .withMessageContaining("is not asked for tokens");
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> http.send("GET", "file:///etc/passwd", Map.of(), NOTHING));
        }
        assertThat(this.asked).isEmpty();
    }

    private SdkHttp http(@Nullable ForwardProxy proxy, Predicate<WebUrl> allowed) {
        URI way = (proxy != null) ? URI.create("http://" + proxy.host()) : null;
        return new SdkHttp(new RegistryAccess(0, URI.create("https://registry.example"), "", none(), false,
                this.authority.pem(), way, 0), allowed, Patience.SHORT, limits());
    }

    private static CredentialSource none() {
        return CredentialSource.of(new Credential.None());
    }

    private static HostLimits limits() {
        return new HostLimits(LimitSizes.DEFAULTS);
    }

}
