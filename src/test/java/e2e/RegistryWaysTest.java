package e2e;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.ForwardProxy;
import fixtures.MutualTlsServer;
import fixtures.SocksServer;
import fixtures.TestAuthority;
import oci.model.ClientCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a registry is reached, as an operator enters it: a client certificate, a proxy,
 * rates.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryWaysTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create();

    private static final ClientCertificate CERTIFICATE = AUTHORITY.client("sync");

    private final MutualTlsServer server = MutualTlsServer.demanding(AUTHORITY, (_) -> "");

    private final DrayageProcess drayage;

    private final Api api;

    RegistryWaysTest(@TempDir Path home) {
        this.drayage = DrayageProcess.start(home,
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD));
        this.api = this.drayage.api();
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.server.close();
    }

    @Test
    void a_client_certificate_is_kept_by_an_edit_shown_by_its_subject_and_taken_away() {
        String path = "/api/registries/" + this.api.create("/api/registries", certified("mutual", Map.of()));
        JsonNode shown = this.api.get(path).expect(200).json();
        assertThat(shown.path("client_certificate_subject").asText()).isEqualTo("CN=sync");
        assertThat(shown.path("client_certificate_end").asText()).isEqualTo(CERTIFICATE.end().toString());
        assertThat(shown.toString()).doesNotContain("BEGIN PRIVATE", CERTIFICATE.chain().substring(40, 80));

        ObjectNode edited = shown.<ObjectNode>deepCopy().put("description", "edited");
        assertThat(this.api.put(path, edited).expect(200).json().path("client_certificate_subject").asText())
            .isEqualTo("CN=sync");
        assertThat(this.api.put(path, edited.put("client_certificate", "").put("force", true)).expect(200).body())
            .contains("\"client_certificate_subject\":null");
        assertThat(this.drayage.log()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void what_is_wrong_with_it_is_told_by_field() {
        refused("client_key", certified("wrong", Map.of("client_key", AUTHORITY.client("other").key().reveal())));
        refused("client_certificate", certified("wrong", Map.of("client_certificate", "rubbish")));
        refused("client_key", certified("wrong", Map.of("client_key", "")));
        refused("url", certified("wrong", Map.of("client_certificate", "", "client_key", "")));
    }

    @Test
    void a_proxys_login_is_kept_by_an_edit_and_never_shown() {
        try (ForwardProxy proxy = ForwardProxy.behind("ann:hidden-word");
                SocksServer socks = SocksServer.behind("ann:hidden-word")) {
            for (String url : List.of("http://" + proxy.host(), "socks5://" + socks.host())) {
                Map<String, Object> way = Map.of("proxy_url", url, "proxy_user", "ann");
                Map<String, Object> whole = certified(url.substring(0, 4), with(way, "proxy_password", "hidden-word"));
                refused("proxy_password", certified("x", way));
                refused("url", certified("x", with(way, "proxy_password", "wrong")));
                String path = "/api/registries/" + this.api.create("/api/registries", whole);
                JsonNode shown = this.api.get(path).expect(200).json();
                assertThat(shown.path("proxy_user").asText()).isEqualTo("ann");
                this.api.put(path, shown).expect(200);
                assertThat(this.api.get("/api/registries").expect(200).body()).doesNotContain("hidden-word");
            }
            assertThat(proxy.passed()).isNotEmpty();
            assertThat(socks.passed()).isNotEmpty();
            assertThat(socks.mistakes()).isEmpty();
            assertThat(this.drayage.log()).doesNotContain("hidden-word");
        }
        refused("proxy_user", certified("x", Map.of("proxy_password", "p")));
        refused("proxy_user", certified("x", Map.of("proxy_user", "ann", "proxy_password", "p")));
        refused("proxy_url", certified("x", Map.of("proxy_url", "socks5://u:p@a.example")));
        refused("proxy_url", certified("x", Map.of("proxy_url", "socks4://a.example")));
    }

    @Test
    void rates_are_as_given() {
        String path = "/api/registries/" + this.api.create("/api/registries",
                certified("slow", Map.of("requests_per_second", Map.of("all", 50, "manifest_put", 0))));
        assertThat(this.api.get(path).expect(200).json().path("requests_per_second").toString())
            .isEqualTo("{\"all\":50,\"manifest_put\":0}");
        refused("requests_per_second.pulls", certified("wrong", Map.of("requests_per_second", Map.of("pulls", 1))));
        refused("requests_per_second.all", certified("wrong", Map.of("requests_per_second", Map.of("all", -1))));
    }

    private void refused(String field, Map<String, Object> body) {
        JsonNode problem = this.api.post("/api/registries", body).expect(422).json();
        assertThat(problem.path("field").asText()).as(problem.toString()).isEqualTo(field);
        assertThat(problem.toString()).doesNotContain("PRIVATE KEY", "hidden-word");
    }

    private Map<String, Object> certified(String name, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "registry_type", "oci", "url",
                this.server.url().toString(), "ca_certificate", AUTHORITY.pem(), "client_certificate",
                CERTIFICATE.chain(), "client_key", CERTIFICATE.key().reveal()));
        body.putAll(more);
        return body;
    }

    private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(key, value);
        return more;
    }

}
