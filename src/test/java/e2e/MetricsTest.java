package e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import fixtures.Api;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.Site;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator's Prometheus and JMX console see of the real process. */
class MetricsTest {

    private static final Duration SOME_TICKS = Duration.ofSeconds(30);

    @Test
    void a_policy_is_seen_by_prometheus_and_jmx_until_it_is_deleted(@TempDir Path home) throws Exception {
        int jmx = freePort();
        try (Site a = Site.start();
                Site b = Site.start();
                DrayageProcess drayage = DrayageProcess.start(home, jmxOptions(jmx));
                JMXConnector connector = connect(jmx)) {
            a.push("lib/app", "v1", Images.image(1, 600_000));
            Api api = drayage.api();
            long source = api.create("/api/registries", Map.of("name", "here", "registry_type", "oci", "url", a.url()));
            long destination = api.create("/api/registries",
                    Map.of("name", "there", "registry_type", "oci", "url", b.url()));
            long policy = api.create("/api/replication/policies",
                    Map.of("name", "every night: a/b", "src_registry_id", source, "dest_registry_id", destination));
            await(api, "drayage_policy_seconds_since_success{policy=\"every night: a/b\"}");

            api.run(policy);

            Awaitility.await("bytes are seen")
                .atMost(SOME_TICKS)
                .until(() -> value(api,
                        "drayage_bytes_per_second{destination=\"there\",policy=\"every night: a/b\",source=\"here\"}") > 0);
            assertThat(value(api, "drayage_registry_healthy{registry=\"there\"}")).isEqualTo(1);
            assertThat(scrape(api)).contains("drayage_tasks_running{", "drayage_queue_depth{",
                    "drayage_queue_age_seconds{", "drayage_gauges_age_seconds", "hikaricp_connections_active");
            MBeanServerConnection server = connector.getMBeanServerConnection();
            ObjectName name = new ObjectName("io.drayage:type=Policy,name=\"every night: a/b\"");
            assertThat(server.getAttribute(name, "BytesPerSecond")).asString().isNotEqualTo("0.0");
            assertThat(server.getAttribute(new ObjectName("io.drayage:type=Registry,name=\"here\""), "Health"))
                .isEqualTo("healthy");
            assertThat(server.getAttribute(name, "TasksRunning")).isEqualTo(0L);
            assertThat(server.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null)
                .stream()
                .map((route) -> ObjectName.unquote(route.getKeyProperty("name"))))
                .contains("transfer", "tick-gauges", "executions-start");

            api.delete("/api/replication/policies/" + policy).expect(204);

            Awaitility.await("it is gone")
                .atMost(SOME_TICKS)
                .until(() -> !scrape(api).contains("every night") && !server.isRegistered(name));
        }
    }

    @Test
    void metrics_need_the_login_unless_they_are_open(@TempDir Path home) {
        try (DrayageProcess drayage = DrayageProcess.start(home)) {
            assertThat(drayage.api().anonymous("/actuator/prometheus").status()).isEqualTo(401);
            drayage.api().get("/actuator/prometheus").expect(200);
        }
        Map<String, String> open = Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_METRICS_OPEN", "true");
        try (DrayageProcess drayage = DrayageProcess.start(home, open)) {
            drayage.api().anonymous("/actuator/prometheus").expect(200);
            assertThat(drayage.api().anonymous("/actuator/metrics").status()).isEqualTo(401);
            assertThat(drayage.api().anonymous("/api/registries").status()).isEqualTo(401);
        }
    }

    private static void await(Api api, String series) {
        Awaitility.await(series).atMost(SOME_TICKS).until(() -> scrape(api).contains(series));
    }

    private static String scrape(Api api) {
        return api.get("/actuator/prometheus").expect(200).body();
    }

    private static double value(Api api, String series) {
        return Arrays.stream(scrape(api).split("\n"))
            .filter((line) -> line.startsWith(series + " "))
            .mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
            .findFirst()
            .orElse(Double.NaN);
    }

    private static String[] jmxOptions(int port) {
        String jmx = "-Dcom.sun.management.jmxremote";
        return List
            .of(jmx + ".port=" + port, jmx + ".rmi.port=" + port, jmx + ".authenticate=false", jmx + ".ssl=false",
                    jmx + ".host=127.0.0.1", "-Djava.rmi.server.hostname=127.0.0.1")
            .toArray(String[]::new);
    }

    // The server is this test's own process.
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(int port) throws IOException {
        return JMXConnectorFactory
            .connect(new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

}
