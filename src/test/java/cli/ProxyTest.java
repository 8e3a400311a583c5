package cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import fixtures.Command;
import fixtures.FaultyRegistry;
import fixtures.ForwardProxy;
import fixtures.Images;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.Verification;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands on a machine that reaches others only through a proxy. */
class ProxyTest {

    private static final String LOGIN = "ann:p@ss w";

    private static final String WRITTEN = "http://ann:p%40ss w@";

    @Test
    void a_copy_goes_through_the_proxy_of_its_scheme(@TempDir Path folder) throws Exception {
        try (ForwardProxy proxy = ForwardProxy.behind(LOGIN);
                RealRegistry from = RealRegistry.start();
                RealRegistry to = RealRegistry.builder().tlsOf("secure.example").start();
                GenericRegistry registry = new GenericAdapter(HttpSettings.DEFAULTS,
                        new HostLimits(LimitSizes.DEFAULTS))
                    .connect(Registered.at(from).build())) {
            Images.image(1, 300_000).pushTo(registry.target("lib/app", new StopSignal()), "v1");
            String plain = "plain.example:" + from.url().getPort() + "/lib/app:v1";
            String secure = "secure.example:" + to.url().getPort() + "/lib/app:v1";
            Path authority = Files.writeString(folder.resolve("ca.pem"), to.caPem());
            Map<String, String> variables = Map.of("http_proxy", WRITTEN + proxy.host(), "HTTPS_PROXY",
                    WRITTEN + proxy.host(), "NO_PROXY", "other.example");

            Command.run(variables, "copy", plain, secure, "--src-insecure-http", "--ca-file", authority.toString())
                .expect(0);
            Command
                .run(variables, "copy", secure, plain.replace(":v1", ":v2"), "--dest-insecure-http", "--ca-file",
                        authority.toString())
                .expect(0);
            Command
                .run(variables, "copy", secure, plain.replace("lib/app:v1", "lib/new:v1"), "--dest-insecure-http",
                        "--ca-file", authority.toString())
                .expect(0);

            new Verification(registry.source("lib/new", new StopSignal())).whole("v1");
            assertThat(proxy.passed()).contains(host(plain), host(secure));
            assertThat(Command
                .run(Map.of("ALL_PROXY", "http://ann:hidden-word@" + proxy.host()), "copy", secure, "layout:" + folder)
                .expect(1)
                .err()).contains("407", "(the proxy asks for a login, or for another; HTTPS_PROXY")
                .doesNotContain("hidden-word");
            assertThat(Command
                .run(Map.of("ALL_PROXY", "socks5://ann:hidden-word@" + proxy.host()), "copy", secure,
                        "layout:" + folder)
                .expect(1)
                .err())
                .isEqualTo("drayage: the variable ALL_PROXY names a proxy that speaks socks5; "
                        + "only those that speak http or https are supported\n");
        }
    }

    @Test
    void a_host_of_no_proxy_is_asked_directly(@TempDir Path folder) {
        try (ForwardProxy proxy = ForwardProxy.open(); FaultyRegistry registry = new FaultyRegistry()) {
            registry.on("GET", "/v2/", Reply.status(200));
            Map<String, String> variables = Map.of("HTTP_PROXY", proxy.host(), "NO_PROXY", ".invalid,10.0.0.0/8");
            Command.run(variables, "copy", registry.host() + "/app:v1", "layout:" + folder).expect(1);
            Command direct = Command.run(variables, "copy", "registry.invalid/app:v1", "layout:" + folder,
                    "--insecure-http");

            assertThat(direct.expect(1).err()).contains("registry.invalid cannot be resolved");
            assertThat(registry.requests("HEAD", "/v2/app/manifests/v1")).isNotEmpty();
            assertThat(proxy.passed()).isEmpty();
        }
    }

    @Test
    void the_service_is_asked_through_the_proxy_too() {
        try (ForwardProxy proxy = ForwardProxy.behind(LOGIN); FaultyRegistry service = new FaultyRegistry()) {
            service.on("GET", "/api/replication/executions", Reply.json("[]"));
            String there = "service.example:" + service.url().getPort();
            Map<String, String> variables = Map.of("ALL_PROXY", WRITTEN + proxy.host());

            Command.run(variables, "status", "--url", "http://" + there).expect(0);
            Command tunnel = Command.run(variables, "status", "--url", "https://service.example:1").expect(1);

            assertThat(proxy.passed()).isEqualTo(List.of(there, "service.example:1"));
            assertThat(tunnel.err()).contains("through the proxy http://" + proxy.host())
                .doesNotContain("p@ss", "p%40");
        }
    }

    private static String host(String image) {
        return image.substring(0, image.indexOf('/'));
    }

}
