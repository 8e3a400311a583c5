package routes;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ProcessorEndpoint;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes of {@code ticks.camel.yaml}, each by its id and with its duty. That the
 * beans have these methods is for {@link BeanMethodsTest} to say.
 */
@Isolated
class TicksTest {

    private static final Map<String, String> DUTIES = Arrays.stream("""
            tick-bandwidth throttles.refresh
            tick-cluster beat
            tick-connections connections.closeIdle
            tick-dispatch dispatch
            tick-events start-by-events
            tick-health healthCheck.checkDue
            tick-history retention.purge
            tick-inbox eventInbox.purge
            tick-leases blobLeases.renew
            tick-deliveries deliveries.purge
            tick-listings discovery.applyStops
            tick-notify notify
            tick-partitions partitions.ensureAhead
            tick-polls eventPolling.poll
            tick-progress progressReport.write
            tick-schedules start-by-schedule
            tick-stop runningTasks.applyStops
            tick-sweep summaries.sweep
            tick-traits hostTraits.exchange
            tick-uploads abandonedUploads.cancel
            """.split("\n")).map((line) -> line.split(" ")).collect(Collectors.toMap((row) -> row[0], (row) -> row[1]));

    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

    private volatile Set<String> failing = Set.of();

    private volatile String hanging = "";

    @Test
    void every_duty_has_its_own_tick_and_none_keeps_another_when_it_fails() throws Exception {
        // All but one of them, again and again.
        this.failing = DUTIES.values()
            .stream()
            .filter((duty) -> !duty.equals("discovery.applyStops"))
            .collect(Collectors.toSet());
        CamelContext camel = context(true);
        try {
            camel.start();
            assertThat(camel.getRoutes().stream().map(Route::getRouteId).filter((id) -> id.startsWith("tick-")))
                .containsExactlyInAnyOrderElementsOf(DUTIES.keySet());
            DUTIES.forEach((tick, duty) -> await(tick, duty, 1));
            await("tick-listings", "discovery.applyStops", 3);
            await("one that fails comes round again", "runningTasks.applyStops", 3);
            assertThat(this.done.keySet()).containsExactlyInAnyOrderElementsOf(DUTIES.values());
        }
        finally {
            camel.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "runningTasks.applyStops", "beat", "retention.purge" })
    void one_that_never_comes_back_keeps_no_other(String duty) throws Exception {
        this.hanging = duty;
        CamelContext camel = context(true);
        try {
            camel.start();
            DUTIES.forEach((tick, each) -> await(tick, each, 1));
            await("another", "discovery.applyStops", 3);
            assertThat(count(duty)).as("it is not begun twice").isEqualTo(1);
            this.hanging = "";
        }
        finally {
            camel.stop();
        }
    }

    @Test
    void a_node_that_only_serves_the_api_starts_what_every_node_does() throws Exception {
        CamelContext camel = context(false);
        try {
            camel.start();
            assertThat(
                    DUTIES.keySet().stream().filter((id) -> camel.getRouteController().getRouteStatus(id).isStarted()))
                .containsExactlyInAnyOrder("tick-cluster", "tick-leases", "tick-traits", "tick-connections");
        }
        finally {
            camel.stop();
        }
    }

    private void await(String what, String duty, int times) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).until(() -> count(duty) >= times);
    }

    private int count(String duty) {
        return this.done.getOrDefault(duty, new AtomicInteger()).get();
    }

    private void done(String duty) {
        this.done.computeIfAbsent(duty, (_) -> new AtomicInteger()).incrementAndGet();
        if (this.failing.contains(duty)) {
            throw new IllegalStateException("the database is away");
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !duty.equals(this.hanging));
    }

    private CamelContext context(boolean works) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().addInitialProperty("nodes.all", "true");
        camel.getPropertiesComponent().addInitialProperty("nodes.working", String.valueOf(works));
        camel.addComponent("bean", new Duties());
        camel.getRegistry().bind("databaseWatch", new Outages());
        for (String file : Set.of("errors", "ticks")) {
            PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                    .resolveResource("classpath:camel/" + file + ".camel.yaml"));
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String route : Set.of("dispatch", "notify", "start-by-schedule", "start-by-events", "beat")) {
                    from("direct:" + route).errorHandler(noErrorHandler()).process((_) -> done(route));
                }
                from("direct:answer").to("log:answer?level=DEBUG");
            }
        });
        return camel;
    }

    /**
     * Stands for the component of beans: counts which method of which bean was asked for.
     */
    private final class Duties extends BeanComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String bean, Map<String, Object> parameters) {
            String duty = bean + "." + parameters.remove("method");
            return new ProcessorEndpoint(uri, this, (_) -> done(duty));
        }

    }

    /** Takes every failure for the database's. */
    public static final class Outages {

        public boolean explains(Exception failure) {
            return failure instanceof IllegalStateException;
        }

    }

}
