package k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

/**
 * Reads Kubernetes objects as the API server does with {@code --validate=strict}: no
 * unknown kind, version or field, no field twice, and no number where a text is due.
 */
final class StrictReader {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream
        .of(ConfigMap.class, Service.class, Deployment.class, HorizontalPodAutoscaler.class, NetworkPolicy.class,
                PodDisruptionBudget.class, PrometheusRule.class, ServiceMonitor.class)
        .collect(Collectors.toUnmodifiableMap((type) -> HasMetadata.getApiVersion(type) + " " + type.getSimpleName(),
                (type) -> type));

    private final YAMLMapper documents = YAMLMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();

    private final JsonMapper objects = JsonMapper.builder()
        .annotationIntrospector(new NoAnySetter())
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(LogicalType.Textual, (texts) -> {
            for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
                    CoercionInputShape.Boolean)) {
                texts.setCoercion(shape, CoercionAction.Fail);
            }
        })
        .build();

    /** All objects of YAML documents. */
    List<HasMetadata> read(String yaml) {
        List<HasMetadata> read = new ArrayList<>();
        try (MappingIterator<JsonNode> each = this.documents.readerFor(JsonNode.class).readValues(yaml)) {
            while (each.hasNextValue()) {
                read.add(object(each.nextValue()));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return read;
    }

    private HasMetadata object(JsonNode node) throws IOException {
        String kind = node.path("apiVersion").asText() + " " + node.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new IOException("unknown kind " + kind);
        }
        return this.objects.treeToValue(node, type);
    }

    /** The model keeps what it does not know in a map; here that is to fail. */
    private static final class NoAnySetter extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

    }

}
