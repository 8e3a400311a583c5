package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is asked of executions and their tasks; a start wakes whoever discovers. */
public final class ExecutionRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:executions-start").routeId("executions-start")
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean("executionApi", "start(${bodyAs(String)}, " + ApiRoutes.WHO + ")")
            .id("start-execution")
            .wireTap("direct:wake")
            .to(ApiRoutes.ANSWER);
        operation("executions-list", "executionApi",
                "list(${header.policy_id}, ${header.status}, ${header.trigger}, ${header.since}, ${header.until}, "
                        + "${header.after}, ${header.page_size})");
        operation("executions-get", "executionApi", "get(${header.id})");
        from("direct:executions-operate").routeId("executions-operate")
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean("executionApi", "operate(${header.id}, ${bodyAs(String)}, " + ApiRoutes.WHO + ")")
            .id("operate-execution")
            .wireTap("direct:operated")
            .to(ApiRoutes.ANSWER);
        from("direct:operated").routeId("operated")
            .setBody(header("id").convertTo(Long.class))
            .to("direct:news")
            .to("direct:dispatch");
        operation("executions-delete", "executionApi", "delete(${header.id})");
        operation("executions-changes", "executionApi", "changes(${header.id})");
        operated("tasks-operate", "operate(${header.id}, ${header.task}, ${bodyAs(String)}, " + ApiRoutes.WHO + ")");
        operated("executions-notify", "report(${header.id}, ${bodyAs(String)})");
        operation("tasks-get", "taskApi", "get(${header.id}, ${header.task})");
        operation("tasks-list", "taskApi",
                "list(${header.id}, ${header.status}, ${header.after}, ${header.page_size})");
        operation("tasks-log", "taskApi", "log(${header.id}, ${header.task}, ${header.after}, ${header.page_size})");
    }

    private void operated(String id, String method) {
        from("direct:" + id).routeId(id)
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean("taskApi", method)
            .wireTap("direct:operated")
            .to(ApiRoutes.ANSWER);
    }

    private void operation(String id, String bean, String method) {
        ApiRoutes.operation(this, id, bean, method);
    }

}
