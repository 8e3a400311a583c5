package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;

/**
 * Gathers for a moment which executions have news, and has their summaries computed from
 * the rows. The first end of a task after a moment without one does not wait, for it may
 * be its execution's end. What is gathered here may be lost with its node: the sweep
 * computes the same.
 */
public final class SummariseRoute extends RouteBuilder {

    /** Of an exchange whose news is the end of a task. */
    static final String TASK_ENDED = "taskEnded";

    private static final long MOMENT_MILLIS = 50;

    private static final long MOMENT_NANOS = MOMENT_MILLIS * 1_000_000;

    /** When news last did not wait, in nanoseconds; by one exchange at a time. */
    private volatile long passed = System.nanoTime() - MOMENT_NANOS;

    @Override
    public void configure() {
        from("direct:news").routeId("news")
            .aggregate(constant("all"), AggregationStrategies.groupedBody())
            .eagerCheckCompletion()
            .completion(this::passes)
            .completionInterval(MOMENT_MILLIS)
            .completionSize(1000)
            .id("gather-news")
            .to("direct:summarise");

        from("direct:summarise").routeId("summarise")
            .routeConfigurationId("duty")
            .bean("summaries", "refresh")
            .id("refresh-summaries");
    }

    private boolean passes(Exchange news) {
        long now = System.nanoTime();
        boolean passes = news.getProperty(TASK_ENDED, false, Boolean.class) && now - this.passed >= MOMENT_NANOS;
        if (passes) {
            this.passed = now;
        }
        return passes;
    }

}
