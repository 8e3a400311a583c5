package k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An alert on a metric that is not there would never be heard. */
class AlertsTest {

    private static final Pattern METRIC = Pattern.compile("drayage_[a-z_]+");

    private static final Pattern GAUGE = Pattern.compile("\"(drayage\\.[a-z.]+)\"");

    private final List<Rule> rules = Manifests.of(Manifests.BASE)
        .the(PrometheusRule.class)
        .getSpec()
        .getGroups()
        .getFirst()
        .getRules();

    @Test
    void alerts_are_on_gauges_that_the_application_has() throws IOException {
        Set<String> gauges = GAUGE.matcher(Files.readString(Path.of("src/main/java/metrics/MeterGauges.java")))
            .results()
            .map((found) -> found.group(1).replace('.', '_'))
            .collect(Collectors.toSet());

        assertThat(this.rules)
            .flatExtracting((rule) -> METRIC.matcher(rule.getExpr().getStrVal())
                .results()
                .map(MatchResult::group)
                // Prometheus' name ends with the unit.
                .map((metric) -> metric.replaceFirst("_seconds$", ""))
                .toList())
            .isNotEmpty()
            .isSubsetOf(gauges);
    }

    @Test
    void every_alert_says_what_is_wrong_and_what_likely_helps() {
        assertThat(this.rules).isNotEmpty().allSatisfy((rule) -> {
            assertThat(rule.getAlert()).startsWith("Drayage");
            assertThat(rule.getLabels().get("severity")).isIn("warning", "critical");
            assertThat(rule.getAnnotations()).containsOnlyKeys("summary", "description");
        });
    }

}
