package k8s;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Everything below {@code k8s} renders to objects that Kubernetes knows. */
class KustomizeTest {

    private static final List<String> FOR_ONE = List.of("ConfigMap", "Service", "Deployment", "PrometheusRule",
            "ServiceMonitor", "NetworkPolicy");

    @ParameterizedTest
    @ValueSource(strings = { Manifests.BASE, Manifests.HA })
    void three_replicas_have_a_budget_and_are_scaled(String folder) {
        Manifests manifests = Manifests.of(folder);

        assertThat(manifests.kinds()).containsAll(FOR_ONE)
            .contains("PodDisruptionBudget", "HorizontalPodAutoscaler")
            .hasSize(FOR_ONE.size() + 2);
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isEqualTo(3)
            .isEqualTo(manifests.the(HorizontalPodAutoscaler.class).getSpec().getMinReplicas());
    }

    @Test
    void a_single_replica_can_be_drained_and_is_not_scaled() {
        Manifests manifests = Manifests.of(Manifests.SINGLE);

        assertThat(manifests.kinds()).containsExactlyInAnyOrderElementsOf(FOR_ONE);
        assertThat(manifests.the(Deployment.class).getSpec().getReplicas()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "base, ScheduleAnyway", "overlays/single, ScheduleAnyway", "overlays/ha, DoNotSchedule" })
    void replicas_are_spread_over_nodes(String folder, String otherwise) {
        List<TopologySpreadConstraint> constraints = Manifests.of(folder).pod().getTopologySpreadConstraints();

        assertThat(constraints).filteredOn((constraint) -> constraint.getTopologyKey().equals("kubernetes.io/hostname"))
            .singleElement()
            .extracting(TopologySpreadConstraint::getWhenUnsatisfiable)
            .isEqualTo(otherwise);
    }

    @Test
    void no_secret_is_kept_here() {
        assertThat(Manifests.of(Manifests.HA).kinds()).doesNotContain("Secret");
    }

    @Test
    void an_object_is_read_as_what_it_is() {
        List<HasMetadata> read = new StrictReader().read("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, labels: {b: c}}
                """);

        assertThat(read).singleElement()
            .satisfies((object) -> assertThat(object.getMetadata().getLabels()).isEqualTo(Map.of("b", "c")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {apiVersion: v1, kind: Service, spec: {prots: []}}                             | prots
            {apiVersion: v1, kind: ConfigMap, metadata: {lables: {}}}                      | lables
            {apiVersion: v1, kind: ConfigMap, data: {a: 1}}                                | String
            {apiVersion: v1, kind: ConfigMap, data: {a: true}}                             | String
            {apiVersion: apps/v1, kind: Deployment, spec: {replicas: '3'}}                 | Integer
            {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3, replicas: 3}}      | Duplicate
            {apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler}                    | unknown kind
            """, quoteCharacter = '"')
    void a_mistake_fails(String yaml, String named) {
        assertThatThrownBy(() -> new StrictReader().read(yaml)).hasMessageContaining(named);
    }

}
