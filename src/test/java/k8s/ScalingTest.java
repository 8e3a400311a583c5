package k8s;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ExternalMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The autoscaler asks for the metric that the adapter's rule gives. */
class ScalingTest {

    @Test
    void the_adapter_gives_the_age_that_the_autoscaler_asks_for() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(Path.of("k8s/metrics-adapter/values.yaml").toFile())
            .at("/rules/external");

        assertThat(Manifests.of(Manifests.BASE).the(HorizontalPodAutoscaler.class).getSpec().getMetrics())
            .singleElement()
            .extracting(MetricSpec::getExternal)
            .extracting(ExternalMetricSource::getMetric)
            .satisfies((metric) -> {
                assertThat(metric.getName()).isEqualTo("drayage_queue_age_seconds");
                assertThat(rules).singleElement()
                    .satisfies(
                            (rule) -> assertThat(rule.get("seriesQuery").asText()).startsWith(metric.getName() + "{"));
            });
    }

}
