package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is asked of the limit of all that is moved. */
public final class BandwidthRoutes extends RouteBuilder {

    @Override
    public void configure() {
        ApiRoutes.operation(this, "bandwidth-get", "bandwidthApi", "get");
        ApiRoutes.operation(this, "bandwidth-update", "bandwidthApi", "update");
    }

}
