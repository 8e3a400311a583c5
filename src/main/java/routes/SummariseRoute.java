package routes;

import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;

/**
 * Gathers for a moment which executions have news, and has their summaries computed from
 * the rows. What is gathered here may be lost with its node: the sweep computes the same.
 */
public final class SummariseRoute extends RouteBuilder {

    private static final long MOMENT_MILLIS = 50;

    @Override
    public void configure() {
        from("direct:news").routeId("news")
            .aggregate(constant("all"), AggregationStrategies.groupedBody())
            .completionInterval(MOMENT_MILLIS)
            .completionSize(1000)
            .id("gather-news")
            .to("direct:summarise");

        from("direct:summarise").routeId("summarise")
            .routeConfigurationId("duty")
            .bean("summaries", "refresh")
            .id("refresh-summaries");
    }

}
