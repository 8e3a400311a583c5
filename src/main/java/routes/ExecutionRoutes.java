package routes;

import org.apache.camel.builder.RouteBuilder;

/** The operations on executions and their tasks; a start wakes the queue of jobs. */
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
        operation("executions-list", "executionApi", "list");
        operation("executions-get", "executionApi", "get");
        operated("executions-operate", "executionApi", "operate");
        from("direct:operated").routeId("operated")
            .setBody(exchangeProperty(EXECUTION))
            .to("direct:news")
            .to("direct:dispatch");
        operation("executions-delete", "executionApi", "delete");
        operation("executions-changes", "executionApi", "changes");
        operated("tasks-operate", "taskApi", "operate");
        operated("executions-notify", "taskApi", "report");
        operation("tasks-get", "taskApi", "get");
        operation("tasks-list", "taskApi", "list");
        operation("tasks-log", "taskApi", "log");
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

    private void operation(String id, String bean, String method) {
        ApiRoutes.operation(this, id, bean, method);
    }

}
