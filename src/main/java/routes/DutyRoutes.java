package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * The duties of more than one step: ticks call them ({@code ticks.camel.yaml}), and other
 * routes do when they have made work.
 */
public final class DutyRoutes extends RouteBuilder {

    private static final String DUTY = "duty";

    @Override
    public void configure() {
        from("direct:dispatch").routeId("dispatch")
            .routeConfigurationId(DUTY)
            .filter(method("runningTasks", "takesMore"))
            .bean("tasks", "dispatch")
            .id("dispatch-tasks")
            .filter(simple("${body} > 0"))
            .to("direct:wake");

        from("direct:wake").routeId("wake").bean("jobs", "wake").id("wake-queue");

        starts("start-by-schedule", "schedules", "fireDue");
        starts("start-by-events", "eventInbox", "gather");

        // The second step says that the first has reached the database.
        from("direct:beat").routeId("beat")
            .routeConfigurationId(DUTY)
            .bean("cluster", "beat")
            .id("renew-node")
            .bean("databaseWatch", "answers")
            .id("note-answer");
    }

    /** What has been started is discovered at once. */
    private void starts(String id, String bean, String method) {
        from("direct:" + id).routeId(id)
            .routeConfigurationId(DUTY)
            .bean(bean, method)
            .id(id + "-due")
            .filter(simple("${body} > 0"))
            .to("direct:wake");
    }

}
