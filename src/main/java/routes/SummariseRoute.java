package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;

/**
 * Gathers for a moment the ids of executions with news, and has their summaries computed
 * from the rows. The first end of a task after a quiet moment does not wait, because it
 * may be the end of its execution. Ids may be lost with their node: the sweep computes
 * the same summaries.
 */
public final class SummariseRoute extends RouteBuilder {

    /** Marks an exchange whose news is the end of a task. */
    static final String TASK_ENDED = "taskEnded";

    private static final long MOMENT_MILLIS = 50;

    private static final long MOMENT_NANOS = MOMENT_MILLIS * 1_000_000;

    /**
     * When news last passed without waiting, in nanoseconds; written by one exchange at a
     * time.
     */
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
