package routes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import fixtures.RouteBench;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes {@code entry-*}. */
class EntryRoutesTest {

    private final Entries entries = new Entries();

    private final AtomicInteger woken = new AtomicInteger();

    static Stream<Object> events() {
        String json = "{\"registry\":\"here\"}";
        return Stream.of(json, json.getBytes(StandardCharsets.UTF_8), Map.of("registry", "here"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_comes_as_json_or_as_a_map(Object event) {
        try (RouteBench bench = bench()) {
            assertThat(bench.producer().requestBody("direct:drayage-event", event)).isEqualTo(1);
        }

        assertThat(this.entries.events).containsExactly("{\"registry\":\"here\"}");
    }

    @Test
    void a_policy_that_was_started_is_discovered_at_once() {
        try (RouteBench bench = bench()) {
            byte[] name = "nightly".getBytes(StandardCharsets.UTF_8);
            assertThat(bench.producer().requestBody("direct:drayage-start-policy", name)).isEqualTo(7L);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.woken.get() == 1);
        }

        assertThat(this.entries.started).containsExactly("nightly");
    }

    private RouteBench bench() {
        return RouteBench.with(Map.of("entryApi", this.entries), new EntryRoutes(), new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wake").process((_) -> EntryRoutesTest.this.woken.incrementAndGet());
            }
        });
    }

    /** Keeps what it was asked for. */
    public static final class Entries {

        private final List<String> started = new CopyOnWriteArrayList<>();

        private final List<String> events = new CopyOnWriteArrayList<>();

        public long startPolicy(String name) {
            this.started.add(name);
            return 7;
        }

        public int event(byte[] json) {
            this.events.add(new String(json, StandardCharsets.UTF_8));
            return 1;
        }

    }

}
