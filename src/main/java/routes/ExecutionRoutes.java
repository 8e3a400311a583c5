package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * The operations that move executions and tasks: a start wakes the queue of jobs, any
 * other has the execution summarised and free slots filled.
 */
public final class ExecutionRoutes extends RouteBuilder {

    private static final String EXECUTION = "execution";

    @Override
    public void configure() {
        from("direct:executions-start").routeId("executions-start")
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean(ApiRoutes.REQUESTS, "read")
            .bean("executionApi", "start")
            .id("start-execution")
            .wireTap("direct:wake")
            .to(ApiRoutes.ANSWER);
        operated("executions-operate", "executionApi", "operate");
        from("direct:operated").routeId("operated")
            .setBody(exchangeProperty(EXECUTION))
            .to("direct:news")
            .to("direct:dispatch");
        operated("tasks-operate", "taskApi", "operate");
        operated("executions-notify", "taskApi", "report");
    }

    private void operated(String id, String bean, String method) {
        from("direct:" + id).routeId(id)
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean(ApiRoutes.REQUESTS, "read")
            .setProperty(EXECUTION, method("executionApi", "id"))
            .bean(bean, method)
            .wireTap("direct:operated")
            .to(ApiRoutes.ANSWER);
    }

}
