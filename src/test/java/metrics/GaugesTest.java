package metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

import fixtures.SettableClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GaugesTest {

    private static final String LABELS = "{destination=\"there\",policy=\"nightly\",source=\"here\"}";

    private final SettableClock clock = new SettableClock();

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    private final Gauges gauges = new Gauges(this.clock, this.prometheus, this.server);

    @AfterEach
    void close() {
        this.gauges.close();
        assertThat(this.server.queryNames(pattern("io.drayage:*"), null)).isEmpty();
    }

    @Test
    void the_same_is_shown_by_prometheus_and_by_jmx() {
        read(List.of(policy("nightly", 7L, 0, 3, 40, 12, 100), registry("here", "healthy"),
                registry("there", "unauthorized")));

        assertThat(this.prometheus.scrape()).contains("drayage_tasks_running" + LABELS + " 3.0\n")
            .contains("drayage_queue_depth" + LABELS + " 40.0\n")
            .contains("drayage_queue_age_seconds" + LABELS + " 12.0\n")
            .contains("drayage_bytes_per_second" + LABELS + " 0.0\n")
            .contains("drayage_policy_seconds_since_success{policy=\"nightly\"} 100.0\n")
            .contains("drayage_registry_healthy{registry=\"here\"} 1.0\n")
            .contains("drayage_registry_healthy{registry=\"there\"} 0.0\n");
        String policy = "io.drayage:type=Policy,name=\"nightly\"";
        assertThat(attribute(policy, "TasksRunning")).isEqualTo(3L);
        assertThat(attribute(policy, "QueueDepth")).isEqualTo(40L);
        assertThat(attribute(policy, "QueueAgeSeconds")).isEqualTo(12.0);
        assertThat(attribute(policy, "SecondsSinceSuccess")).isEqualTo(100.0);
        assertThat(attribute(policy, "Source")).isEqualTo("here");
        assertThat(attribute("io.drayage:type=Registry,name=\"there\"", "Health")).isEqualTo("unauthorized");
        assertThat(attribute("io.drayage:type=Registry,name=\"here\"", "TasksRunning")).isEqualTo(3L);
    }

    @Test
    void executions_of_one_policy_are_added_and_the_oldest_gives_the_age() {
        read(List.of(policy("nightly", 7L, 0, 3, 40, 12, 100), policy("nightly", 8L, 0, 1, 2, 90, 100)));

        assertThat(value("drayage_tasks_running" + LABELS)).isEqualTo(4);
        assertThat(value("drayage_queue_depth" + LABELS)).isEqualTo(42);
        assertThat(value("drayage_queue_age_seconds" + LABELS)).isEqualTo(90);
    }

    @Test
    void seconds_go_on_while_nothing_can_be_read() {
        read(List.of(policy("nightly", 7L, 0, 3, 40, 12, 100)));

        this.clock.advance(Duration.ofMinutes(5));

        assertThat(value("drayage_queue_age_seconds" + LABELS)).isEqualTo(312);
        assertThat(value("drayage_policy_seconds_since_success{policy=\"nightly\"}")).isEqualTo(400);
        assertThat(value("drayage_gauges_age_seconds")).isEqualTo(300);
    }

    @Test
    void an_empty_queue_has_no_age() {
        read(List.of(policy("nightly", null, 0, 0, 0, 0, 100)));

        this.clock.advance(Duration.ofMinutes(5));

        assertThat(value("drayage_queue_age_seconds" + LABELS)).isZero();
    }

    @Test
    void a_registry_that_was_never_checked_is_neither_healthy_nor_not() {
        read(List.of(registry("here", "unknown")));

        assertThat(value("drayage_registry_healthy{registry=\"here\"}")).isNaN();
    }

    @Test
    void what_was_deleted_goes_away() {
        read(List.of(policy("nightly", 7L, 0, 3, 40, 12, 100), registry("here", "healthy"),
                registry("there", "healthy")));

        read(List.of(registry("there", "healthy")));

        assertThat(this.prometheus.scrape()).doesNotContain("nightly").doesNotContain("\"here\"");
        assertThat(this.server.queryNames(pattern("io.drayage:*"), null))
            .containsExactly(pattern("io.drayage:type=Registry,name=\"there\""));
    }

    @Test
    void a_policy_that_was_given_another_registry_is_shown_once() {
        read(List.of(policy("nightly", 7L, 0, 3, 40, 12, 100)));
        Map<String, @Nullable Object> moved = policy("nightly", 7L, 0, 3, 40, 12, 100);
        moved.put("destination", "elsewhere");

        read(List.of(moved));

        assertThat(this.prometheus.scrape()).doesNotContain(LABELS).contains("destination=\"elsewhere\"");
        assertThat(attribute("io.drayage:type=Policy,name=\"nightly\"", "Destination")).isEqualTo("elsewhere");
    }

    @Test
    void names_are_escaped_whatever_they_hold() {
        String name = "a \"b\", c=d\\e*\n?";
        read(List.of(policy(name, 7L, 0, 3, 40, 12, 100)));

        assertThat(this.prometheus.scrape()).contains("policy=\"a \\\"b\\\", c=d\\\\e*\\n?\"");
        assertThat(attribute("io.drayage:type=Policy,name=" + ObjectName.quote(name), "TasksRunning")).isEqualTo(3L);
    }

    @Test
    void bytes_a_second_are_the_mean_of_the_last_minute() {
        read(List.of(policy("nightly", 7L, 1_000, 1, 0, 0, 100)));
        assertThat(value("drayage_bytes_per_second" + LABELS)).isZero();

        this.clock.advance(Duration.ofSeconds(10));
        read(List.of(policy("nightly", 7L, 6_000, 1, 0, 0, 100), policy("nightly", 8L, 5_000, 1, 0, 0, 100)));
        assertThat(value("drayage_bytes_per_second" + LABELS)).isEqualTo(1_000);

        this.clock.advance(Duration.ofSeconds(50));
        read(List.of(policy("nightly", 7L, 6_000, 1, 0, 0, 100), policy("nightly", 8L, 7_000, 1, 0, 0, 100)));
        assertThat(value("drayage_bytes_per_second" + LABELS)).isEqualTo(200);

        this.clock.advance(Duration.ofSeconds(60));
        read(List.of(policy("nightly", 8L, 7_000, 1, 0, 0, 100)));
        assertThat(value("drayage_bytes_per_second" + LABELS)).isZero();
    }

    @Test
    void a_count_that_was_corrected_downwards_is_no_negative_rate() {
        read(List.of(policy("nightly", 7L, 9_000, 1, 0, 0, 100)));
        this.clock.advance(Duration.ofSeconds(5));

        read(List.of(policy("nightly", 7L, 8_000, 1, 0, 0, 100)));

        assertThat(value("drayage_bytes_per_second" + LABELS)).isZero();
    }

    private void read(List<Map<String, @Nullable Object>> rows) {
        this.gauges.read(rows);
    }

    private static Map<String, @Nullable Object> policy(String name, @Nullable Long execution, long bytes, long running,
            long waiting, double age, double sinceSuccess) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("kind", "policy");
        row.put("name", name);
        row.put("source", "here");
        row.put("destination", "there");
        row.put("since_success", sinceSuccess);
        row.put("execution", execution);
        row.put("bytes", bytes);
        row.put("running", running);
        row.put("waiting", waiting);
        row.put("age", age);
        return row;
    }

    private static Map<String, @Nullable Object> registry(String name, String health) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("kind", "registry");
        row.put("name", name);
        row.put("health", health);
        return row;
    }

    private double value(String series) {
        return Arrays.stream(this.prometheus.scrape().split("\n"))
            .filter((line) -> line.startsWith(series + " "))
            .map((line) -> line.substring(series.length() + 1))
            .mapToDouble(Double::parseDouble)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + series + " in\n" + this.prometheus.scrape()));
    }

    private Object attribute(String name, String attribute) {
        try {
            return this.server.getAttribute(pattern(name), attribute);
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static ObjectName pattern(String text) {
        try {
            return new ObjectName(text);
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

}
