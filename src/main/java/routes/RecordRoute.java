package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * A task's end is written first, in its own row; then its execution is summarised and the
 * free slot is filled.
 */
public final class RecordRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:record").routeId("record")
            .bean("transfers", "end")
            .id("end-task")
            .to("direct:dispatch-next")
            .setBody(simple("${body.executionId}"))
            .setProperty(SummariseRoute.TASK_ENDED, constant(true))
            .to("direct:news");

        from("direct:dispatch-next").routeId("dispatch-next").wireTap("direct:dispatch");
    }

}
