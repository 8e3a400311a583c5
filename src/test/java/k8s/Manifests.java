package k8s;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fixtures.Kustomize;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import static org.assertj.core.api.Assertions.assertThat;

/** What one kustomization renders to. */
record Manifests(List<HasMetadata> objects) {

    static final String BASE = "base";

    static final String SINGLE = "overlays/single";

    static final String HA = "overlays/ha";

    /** A folder below {@code k8s}. */
    static Manifests of(String folder) {
        return new Manifests(new StrictReader().read(Kustomize.render(Path.of("k8s", folder))));
    }

    List<String> kinds() {
        return this.objects.stream().map(HasMetadata::getKind).toList();
    }

    /** The only one of its kind. */
    <T extends HasMetadata> T the(Class<T> type) {
        List<T> found = this.objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.getFirst();
    }

    PodTemplateSpec template() {
        return the(Deployment.class).getSpec().getTemplate();
    }

    PodSpec pod() {
        return template().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().getFirst();
    }

    /** Name and value of each variable; one from a Secret has its name for its value. */
    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>(the(ConfigMap.class).getData());
        for (EnvVar variable : container().getEnv()) {
            variables.put(variable.getName(), (variable.getValue() != null) ? variable.getValue() : variable.getName());
        }
        return variables;
    }

}
