package routes;

import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
import replication.execution.flow.Listing;
import replication.execution.task.PlannedTask;

/**
 * The proposal's preparation: an execution's id comes in from its job, both registries
 * are checked and the source is listed. The list is split into batches, and each batch
 * into its repositories: those that the filters accept are mapped to tasks, which are
 * gathered and written to the backlog. A batch is cut before it is split, so that no
 * group of tasks outlives its listing (decision 9).
 */
public final class DiscoverRoute extends RouteBuilder {

    private static final String EXECUTION = "execution";

    private static final String LISTING = "listing";

    @Override
    public void configure() {
        from("direct:discover").routeId("discover")
            .setProperty(EXECUTION, body())
            .bean("discovery", "begin")
            .id("begin-discovery")
            .filter(body().isNotNull())
            .setProperty(LISTING, body())
            .doTry()
            .bean("discovery", "check")
            .id("check-registries")
            .bean("discovery", "list")
            .id("list-resources")
            .split(body())
            .streaming()
            .stopOnException()
            .id("split-list")
            .to("direct:discover-batch")
            .end()
            .bean("discovery", "complete")
            .id("complete-listing")
            .endDoTry()
            .doCatch(Throwable.class)
            .bean("discovery", "fail")
            .id("fail-listing")
            .end()
            .to("direct:dispatch")
            .end()
            .setBody(exchangeProperty(EXECUTION))
            .to("direct:news");

        from("direct:discover-batch").routeId("discover-batch")
            .errorHandler(noErrorHandler())
            .split(body(), AggregationStrategies.beanAllowNull(this, "gather"))
            .stopOnException()
            .id("split-batch")
            .filter(method(this, "accepts"))
            .id("filter-resource")
            .bean(this, "map")
            .id("map-resource")
            .end()
            .end()
            .filter(body())
            .bean(this, "write")
            .id("write-tasks");
    }

    public boolean accepts(@ExchangeProperty(LISTING) Listing listing, @Body Listing.Resource resource) {
        return listing.accepts(resource);
    }

    public PlannedTask map(@ExchangeProperty(LISTING) Listing listing, @Body Listing.Resource resource) {
        return listing.map(resource);
    }

    /** A resource that was refused comes as it was listed, another one as its task. */
    public List<PlannedTask> gather(@Nullable List<PlannedTask> batch, Object result) {
        List<PlannedTask> gathered = (batch != null) ? batch : new ArrayList<>();
        if (result instanceof PlannedTask task) {
            gathered.add(task);
        }
        return gathered;
    }

    public void write(@ExchangeProperty(LISTING) Listing listing, @Body List<PlannedTask> batch) {
        listing.write(batch);
    }

}
