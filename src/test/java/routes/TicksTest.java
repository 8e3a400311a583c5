package routes;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of {@code ticks.camel.yaml}, each by its id and with its duty. */
@Isolated
class TicksTest {

    private static final Map<String, String> DUTIES = Arrays.stream("""
            tick-bandwidth throttles.look
            tick-cluster cluster.beat
            tick-connections connections.rest
            tick-dispatch route.dispatch
            tick-events eventInbox.gather
            tick-health healthCheck.checkDue
            tick-history retention.purge
            tick-inbox eventInbox.purge
            tick-leases blobLeases.renew
            tick-letters deliveries.purge
            tick-listings discovery.stopEnded
            tick-notify route.notify
            tick-partitions partitions.ensureAhead
            tick-progress progressReport.write
            tick-schedules schedules.fireDue
            tick-stop runningTasks.look
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
            .filter((duty) -> !duty.equals("discovery.stopEnded"))
            .collect(Collectors.toSet());
        CamelContext camel = context();
        try {
            camel.start();
            assertThat(camel.getRoutes().stream().map(Route::getRouteId).filter((id) -> id.startsWith("tick-")))
                .containsExactlyInAnyOrderElementsOf(DUTIES.keySet());
            DUTIES.forEach((tick, duty) -> await(tick, duty, 1));
            await("tick-listings", "discovery.stopEnded", 3);
            await("one that fails comes round again", "runningTasks.look", 3);
            assertThat(count("databaseWatch.answers")).as("said only of a beat that arrived").isZero();
            assertThat(count("route.wake")).as("nothing was started").isZero();

            this.failing = Set.of();
            await("tick-cluster", "databaseWatch.answers", 1);
            await("what was started is told", "route.wake", 1);
        }
        finally {
            camel.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "runningTasks.look", "cluster.beat", "retention.purge" })
    void one_that_never_comes_back_keeps_no_other(String duty) throws Exception {
        this.hanging = duty;
        CamelContext camel = context();
        try {
            camel.start();
            DUTIES.forEach((tick, each) -> await(tick, each, 1));
            await("another", "discovery.stopEnded", 3);
            assertThat(count(duty)).as("it is not begun twice").isEqualTo(1);
            this.hanging = "";
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

    private CamelContext context() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        for (String bean : Set.of("runningTasks", "discovery", "summaries", "healthCheck", "partitions", "retention",
                "cluster", "blobLeases", "schedules", "abandonedUploads", "eventInbox", "deliveries", "progressReport",
                "throttles", "hostTraits", "databaseWatch", "connections")) {
            camel.getRegistry().bind(bean, new Duties(bean));
        }
        for (String file : new TreeSet<>(Set.of("errors", "ticks"))) {
            Resource resource = PluginHelper.getResourceLoader(camel)
                .resolveResource("classpath:camel/" + file + ".camel.yaml");
            PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dispatch").process((_) -> done("route.dispatch"));
                from("direct:wake").process((_) -> done("route.wake"));
                from("direct:notify").process((_) -> done("route.notify"));
                from("direct:answer").to("log:answer?level=DEBUG");
            }
        });
        return camel;
    }

    /** Every duty there is; counts them, and fails or hangs when it is told to. */
    public final class Duties {

        private final String bean;

        Duties(String bean) {
            this.bean = bean;
        }

        public void look() {
            did("look");
        }

        public void stopEnded() {
            did("stopEnded");
        }

        public void write() {
            did("write");
        }

        public void cancel() {
            did("cancel");
        }

        public void closeIdle() {
            did("rest");
        }

        public void exchange() {
            did("exchange");
        }

        public void answers() {
            did("answers");
        }

        public boolean took(Throwable failure) {
            return failure instanceof IllegalStateException;
        }

        public void sweep() {
            did("sweep");
        }

        public void checkDue() {
            did("checkDue");
        }

        public int gather() {
            did("gather");
            return 0;
        }

        public int fireDue() {
            did("fireDue");
            return 1;
        }

        public void beat() {
            did("beat");
        }

        public void renew() {
            did("renew");
        }

        public void ensureAhead() {
            did("ensureAhead");
        }

        public void purge() {
            did("purge");
        }

        private void did(String duty) {
            done(this.bean + "." + duty);
        }

    }

}
