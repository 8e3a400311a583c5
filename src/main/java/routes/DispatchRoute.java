package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Moves the next tasks from the backlog into the queue, and wakes the queue if there were
 * any.
 */
public final class DispatchRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:dispatch").routeId("dispatch")
            .routeConfigurationId("duty")
            .filter(method("runningTasks", "takesMore"))
            .bean("tasks", "dispatch")
            .id("dispatch-tasks")
            .filter(simple("${body} > 0"))
            .to("direct:wake");

        from("direct:wake").routeId("wake").bean("jobs", "wake").id("wake-queue");
    }

}
