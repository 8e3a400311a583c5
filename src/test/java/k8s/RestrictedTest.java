package k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pod passes the Pod Security Standard «restricted»
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted).
 */
class RestrictedTest {

    private final Manifests manifests = Manifests.of(Manifests.BASE);

    @Test
    void the_user_is_a_number_and_not_root() {
        PodSecurityContext pod = this.manifests.pod().getSecurityContext();

        assertThat(pod.getRunAsNonRoot()).isTrue();
        assertThat(pod.getRunAsUser()).isPositive();
        assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    }

    @Test
    void the_container_can_gain_nothing() {
        Container container = this.manifests.container();
        SecurityContext security = container.getSecurityContext();

        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(security.getPrivileged()).isNotEqualTo(true);
        assertThat(container.getPorts()).allSatisfy((port) -> assertThat(port.getHostPort()).isNull());
    }

    @Test
    void the_pod_has_no_token_of_the_cluster() {
        assertThat(this.manifests.pod().getAutomountServiceAccountToken()).isFalse();
    }

}
