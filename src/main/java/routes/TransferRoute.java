package routes;

import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;

/**
 * One repository: a task's key comes in from its job, the task is claimed, what differs
 * is split into copies that run side by side, and their end is the task's. No bytes pass
 * here: the steps carry descriptors and outcomes. The split never runs ahead of the
 * copies, for the run yields a step only when its window has room; so its executor needs
 * no bound and must have none.
 */
public final class TransferRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:transfer").routeId("transfer")
            .streamCache("false")
            .bean("transfers", "begin")
            .id("claim-task")
            .filter(simple("${body.isPresent}"))
            .setBody(simple("${body.get}"))
            .split(body(), AggregationStrategies.useLatest())
            .streaming()
            .parallelProcessing()
            .executorService("copyThreads")
            .id("split-changes")
            .setBody(simple("${body.perform}"))
            .id("copy")
            .end()
            .to("direct:record");
    }

}
