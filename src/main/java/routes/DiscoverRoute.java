package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * The proposal's preparation: an execution's id comes in from its job, both registries
 * are checked, the source is listed and filtered, and a task per repository is written to
 * the backlog.
 */
public final class DiscoverRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:discover").routeId("discover")
            .setProperty("executionId", body())
            .bean("discovery", "begin")
            .id("begin-discovery")
            .filter(simple("${body.isPresent}"))
            .setBody(simple("${body.get}"))
            .bean("discovery", "plan")
            .id("plan-tasks")
            .to("direct:dispatch")
            .end()
            .setBody(exchangeProperty("executionId"))
            .to("direct:news");
    }

}
