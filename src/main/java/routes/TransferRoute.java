package routes;

import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import replication.execution.flow.TransferRun;

/**
 * One repository: a task's key comes in from its job, the task is claimed, what differs
 * is split into copies that are made side by side, their outcomes are aggregated into the
 * task's, and this is recorded in its row; then the free slot is filled and the execution
 * summarised. No bytes pass here: the steps carry descriptors and outcomes. The split
 * never runs ahead of the copies, for the run yields a step only when its window has
 * room; so its executor needs no bound and must have none.
 */
public final class TransferRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:transfer").routeId("transfer")
            .streamCache("false")
            .bean("transfers", "claim")
            .id("claim-task")
            .filter(body().isNotNull())
            .split(body(), AggregationStrategies.beanAllowNull(this, "aggregate"))
            .streaming()
            .parallelProcessing()
            .executorService("copyThreads")
            .id("split-changes")
            .bean("transfers", "copy")
            .id("copy-change")
            .end()
            .bean("transfers", "record")
            .id("record-task")
            .wireTap("direct:dispatch")
            .setBody(simple("${body.executionId}"))
            .setProperty(SummariseRoute.TASK_ENDED, constant(true))
            .to("direct:news");
    }

    public TransferRun aggregate(@Nullable TransferRun run, TransferRun.Copied copied) {
        return copied.counted();
    }

}
