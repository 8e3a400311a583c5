package k8s;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is meant for the pods finds them: a selector that selects nothing is no error to
 * Kubernetes.
 */
class SelectionTest {

    @ParameterizedTest
    @ValueSource(strings = { Manifests.BASE, Manifests.SINGLE, Manifests.HA })
    void the_pods_are_found_by_all_that_look_for_them(String folder) {
        Manifests manifests = Manifests.of(folder);
        Map<String, String> labels = manifests.template().getMetadata().getLabels();

        assertSelects(manifests.the(Deployment.class).getSpec().getSelector(), labels);
        assertSelects(manifests.the(NetworkPolicy.class).getSpec().getPodSelector(), labels);
        assertSelects(manifests.the(Service.class).getSpec().getSelector(), labels);
        List<TopologySpreadConstraint> constraints = manifests.pod().getTopologySpreadConstraints();
        assertThat(constraints).isNotEmpty()
            .allSatisfy((constraint) -> assertSelects(constraint.getLabelSelector(), labels));
        assertSelects(manifests.the(ServiceMonitor.class).getSpec().getSelector(),
                manifests.the(Service.class).getMetadata().getLabels());
    }

    @ParameterizedTest
    @ValueSource(strings = { Manifests.BASE, Manifests.HA })
    void the_budget_and_the_scaling_are_of_this_deployment(String folder) {
        Manifests manifests = Manifests.of(folder);
        Deployment deployment = manifests.the(Deployment.class);

        assertSelects(manifests.the(PodDisruptionBudget.class).getSpec().getSelector(),
                manifests.template().getMetadata().getLabels());
        assertThat(manifests.the(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef()).satisfies((target) -> {
            assertThat(target.getApiVersion()).isEqualTo(deployment.getApiVersion());
            assertThat(target.getKind()).isEqualTo(deployment.getKind());
            assertThat(target.getName()).isEqualTo(deployment.getMetadata().getName());
        });
    }

    private static void assertSelects(LabelSelector selector, Map<String, String> labels) {
        assertThat(selector.getMatchExpressions()).isEmpty();
        assertSelects(selector.getMatchLabels(), labels);
    }

    private static void assertSelects(Map<String, String> wanted, Map<String, String> labels) {
        assertThat(wanted).isNotEmpty();
        assertThat(labels).containsAllEntriesOf(wanted);
    }

}
