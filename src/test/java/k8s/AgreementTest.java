package k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is deployed agrees with what the application is configured to do. */
class AgreementTest {

    /**
     * What handing back and closing may take once the grace has run out, and then some.
     */
    private static final Duration TO_CLOSE = Duration.ofSeconds(15);

    private final Manifests manifests = Manifests.of(Manifests.BASE);

    private final Configured configured = Configured.under(this.manifests.environment());

    @Test
    void every_variable_is_one_that_the_application_reads() throws IOException {
        String application = new ClassPathResource("application.yaml").getContentAsString(StandardCharsets.UTF_8);

        assertThat(this.manifests.environment().keySet()).filteredOn((name) -> !name.equals("JDK_JAVA_OPTIONS"))
            .isNotEmpty()
            .allSatisfy((name) -> assertThat(application).contains("${" + name + ":"));
    }

    @Test
    void the_config_map_that_is_referred_to_is_the_one_that_is_rendered() {
        assertThat(this.manifests.container().getEnvFrom()).singleElement()
            .extracting(EnvFromSource::getConfigMapRef)
            .extracting(ConfigMapEnvSource::getName)
            .isEqualTo(this.manifests.the(ConfigMap.class).getMetadata().getName());
    }

    @Test
    void what_must_not_be_made_anew_by_each_node_comes_from_the_secret_and_cannot_be_left_out() {
        List<SecretKeySelector> keys = this.manifests.container()
            .getEnv()
            .stream()
            .map(EnvVar::getValueFrom)
            .filter(Objects::nonNull)
            .map((source) -> source.getSecretKeyRef())
            .toList();

        assertThat(keys).extracting(SecretKeySelector::getKey)
            .contains("DRAYAGE_DB_URL", "DRAYAGE_DB_USER", "DRAYAGE_DB_PASSWORD", "DRAYAGE_KEY",
                    "DRAYAGE_ADMIN_PASSWORD");
        assertThat(keys).allSatisfy((key) -> assertThat(key.getOptional()).isNotEqualTo(true));
    }

    @Test
    void the_port_is_the_servers_wherever_it_is_named() {
        assertThat(this.manifests.container().getPorts()).singleElement().satisfies((port) -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(this.configured.get("server.port", Integer.class));
        });
        ContainerPort http = this.manifests.container().getPorts().getFirst();
        List<ServicePort> served = this.manifests.the(Service.class).getSpec().getPorts();
        assertThat(served).extracting((port) -> port.getTargetPort().getStrVal()).containsExactly(http.getName());
        assertThat(probes()).extracting((probe) -> probe.getHttpGet().getPort().getStrVal())
            .containsOnly(http.getName());
        assertThat(this.manifests.the(ServiceMonitor.class).getSpec().getEndpoints()).extracting(Endpoint::getPort)
            .containsExactly(served.getFirst().getName());
        assertThat(this.manifests.the(NetworkPolicy.class).getSpec().getIngress().getFirst().getPorts())
            .extracting((port) -> port.getPort().getStrVal())
            .containsExactly(http.getName());
    }

    @Test
    void probes_ask_for_groups_that_the_application_shows() {
        assertThat(this.configured.get("management.endpoint.health.probes.enabled", Boolean.class)).isTrue();
        assertThat(exposed()).contains("health");
        assertThat(probes()).hasSize(3).allSatisfy((probe) -> assertThat(group(probe)).isNotEmpty());
    }

    @Test
    void a_database_that_is_away_takes_pods_from_service_but_restarts_none() {
        assertThat(group(this.manifests.container().getLivenessProbe())).containsExactly("livenessState");
        assertThat(group(this.manifests.container().getStartupProbe())).containsExactly("livenessState");
        assertThat(group(this.manifests.container().getReadinessProbe())).contains("db");
    }

    @Test
    void metrics_are_scraped_where_they_are_shown() {
        assertThat(this.manifests.the(ServiceMonitor.class).getSpec().getEndpoints()).singleElement()
            .extracting(Endpoint::getPath)
            .isEqualTo("/actuator/prometheus");
        assertThat(exposed()).contains("prometheus");
    }

    @Test
    void kubernetes_waits_for_the_whole_shutdown() {
        Duration asleep = Duration
            .ofSeconds(this.manifests.container().getLifecycle().getPreStop().getSleep().getSeconds());
        Duration grace = this.configured.get("drayage.shutdown.grace", Duration.class);

        assertThat(Duration.ofSeconds(this.manifests.pod().getTerminationGracePeriodSeconds()))
            .isGreaterThanOrEqualTo(asleep.plus(grace).plus(TO_CLOSE));
    }

    @Test
    void only_home_and_the_temporary_folder_can_be_written() {
        assertThat(this.manifests.container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(this.manifests.container().getVolumeMounts()).extracting(VolumeMount::getMountPath)
            .containsExactlyInAnyOrder(this.configured.get("drayage.home", String.class), "/tmp");
        assertThat(this.manifests.pod().getVolumes()).extracting(Volume::getEmptyDir).hasSize(2).doesNotContainNull();
    }

    @Test
    void the_sample_is_left_out_and_the_database_is_from_outside() {
        assertThat(this.configured.get("drayage.quickstart", Boolean.class)).isFalse();
        assertThat(this.configured.get("drayage.db.url", String.class)).isNotEmpty();
    }

    @Test
    void the_heap_leaves_room_within_the_limit() {
        Map<String, Quantity> limits = this.manifests.container().getResources().getLimits();
        Map<String, Quantity> requests = this.manifests.container().getResources().getRequests();

        assertThat(limits.get("memory")).isNotNull().isEqualTo(requests.get("memory"));
        assertThat(this.manifests.environment().get("JDK_JAVA_OPTIONS"))
            .containsPattern("MaxRAMPercentage=[4-7]\\d\\b");
    }

    private List<String> exposed() {
        return List.of(this.configured.get("management.endpoints.web.exposure.include", String[].class));
    }

    private List<Probe> probes() {
        return Stream
            .of(this.manifests.container().getStartupProbe(), this.manifests.container().getLivenessProbe(),
                    this.manifests.container().getReadinessProbe())
            .toList();
    }

    /** What the group that a probe asks for looks at. */
    private List<String> group(Probe probe) {
        HTTPGetAction get = probe.getHttpGet();
        assertThat(get.getPath()).startsWith("/actuator/health/");
        String name = get.getPath().substring("/actuator/health/".length());
        return List.of(this.configured.get("management.endpoint.health.group." + name + ".include", String[].class));
    }

}
