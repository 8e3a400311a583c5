package routes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of {@code ticks.camel.yaml}, each by its id. */
class TicksTest {

    private final Duties duties = new Duties();

    @Test
    void every_tick_does_its_duty_and_one_that_fails_comes_round_again() throws Exception {
        this.duties.failing = true;
        CamelContext camel = context();
        try {
            camel.start();
            assertThat(camel.getRoutes().stream().map(Route::getRouteId).filter((id) -> id.startsWith("tick-")))
                .containsExactlyInAnyOrder("tick-dispatch", "tick-stop", "tick-sweep", "tick-health", "tick-partitions",
                        "tick-cluster", "tick-schedules", "tick-events", "tick-purge", "tick-notify", "tick-progress",
                        "tick-bandwidth", "tick-connections");

            await("tick-stop", "look", 2);
            this.duties.failing = false;
            await("tick-stop", "look", 4);
            await("tick-dispatch", "dispatch", 1);
            await("tick-sweep", "sweep", 1);
            await("tick-health", "checkDue", 1);
            await("tick-partitions", "ensureAhead", 1);
            await("tick-schedules", "fireDue", 1);
            await("tick-schedules", "woken", 1);
            await("tick-cluster", "beat", 1);
            await("tick-cluster", "renew", 1);
            await("tick-cluster", "exchange", 1);
            await("tick-cluster", "answers", 1);
            await("tick-events", "gather", 1);
            await("tick-purge", "purge", 3);
            await("tick-purge", "cancel", 1);
            await("tick-notify", "told", 1);
            await("tick-progress", "write", 2);
            await("tick-connections", "rest", 1);
        }
        finally {
            camel.stop();
        }
    }

    private void await(String route, String duty, int times) {
        Awaitility.await(route).atMost(Duration.ofSeconds(20)).until(() -> this.duties.count(duty) >= times);
    }

    private CamelContext context() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        for (String bean : Set.of("runningTasks", "discovery", "summaries", "healthCheck", "partitions", "retention",
                "cluster", "blobLeases", "schedules", "abandonedUploads", "eventInbox", "deliveries", "progressReport",
                "throttles", "hostTraits", "databaseWatch", "connections")) {
            camel.getRegistry().bind(bean, this.duties);
        }
        for (String file : new TreeSet<>(Set.of("errors", "ticks"))) {
            Resource resource = PluginHelper.getResourceLoader(camel)
                .resolveResource("classpath:camel/" + file + ".camel.yaml");
            PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
        }
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dispatch").process((_) -> TicksTest.this.duties.done("dispatch"));
                from("direct:wake").process((_) -> TicksTest.this.duties.done("woken"));
                from("direct:notify").process((_) -> TicksTest.this.duties.done("told"));
                from("direct:answer").to("log:answer?level=DEBUG");
            }
        });
        return camel;
    }

    /** Every duty there is; counts them, and fails when it is told to. */
    public static final class Duties {

        private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();

        private volatile boolean failing;

        public void look() {
            done("look");
            if (this.failing) {
                throw new IllegalStateException("the database is away");
            }
        }

        public void write() {
            done("write");
        }

        public void cancel() {
            done("cancel");
        }

        public void rest() {
            done("rest");
        }

        public void exchange() {
            done("exchange");
        }

        public void answers() {
            done("answers");
        }

        public boolean took(Throwable failure) {
            return failure instanceof IllegalStateException;
        }

        public void sweep() {
            done("sweep");
        }

        public void checkDue() {
            done("checkDue");
        }

        public int gather() {
            done("gather");
            return 0;
        }

        public int fireDue() {
            done("fireDue");
            return 1;
        }

        public void beat() {
            done("beat");
        }

        public void renew() {
            done("renew");
        }

        public void ensureAhead() {
            done("ensureAhead");
        }

        public void purge() {
            done("purge");
        }

        private void done(String duty) {
            this.done.computeIfAbsent(duty, (_) -> new AtomicInteger()).incrementAndGet();
        }

        private int count(String duty) {
            return this.done.getOrDefault(duty, new AtomicInteger()).get();
        }

    }

}
