package e2e;

import java.nio.file.Path;
import java.util.Map;

import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.ForwardProxy;
import fixtures.RealRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A service on a machine whose environment names a proxy. */
class ServiceProxyTest {

    @Test
    void registries_without_a_proxy_of_their_own_are_reached_through_the_environments(@TempDir Path home) {
        try (ForwardProxy common = ForwardProxy.behind("ann:hidden-word");
                ForwardProxy own = ForwardProxy.open();
                RealRegistry registry = RealRegistry.start();
                DrayageProcess drayage = DrayageProcess.start(home,
                        Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD,
                                "HTTP_PROXY", "http://ann:hidden-word@" + common.host(), "no_proxy", "near.invalid"))) {
            Api api = drayage.api();
            String host = "registry.example:" + registry.url().getPort();

            // A registry that does not answer would not be saved.
            api.create("/api/registries", Map.of("name", "a", "registry_type", "oci", "url", "http://" + host));
            assertThat(common.passed()).contains(host);
            api.create("/api/registries", Map.of("name", "b", "registry_type", "oci", "url", "http://" + host,
                    "proxy_url", "http://" + own.host()));
            assertThat(own.passed()).contains(host);
            assertThat(api
                .post("/api/registries", Map.of("name", "c", "registry_type", "oci", "url", "http://near.invalid"))
                .body()).contains("near.invalid cannot be resolved");
            assertThat(drayage.log()).doesNotContain("hidden-word");
        }
    }

}
