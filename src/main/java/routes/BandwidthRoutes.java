package routes;

import org.apache.camel.builder.RouteBuilder;

/** The operations on the limit of all traffic. */
public final class BandwidthRoutes extends RouteBuilder {

    @Override
    public void configure() {
        ApiRoutes.operation(this, "bandwidth-get", "bandwidthApi", "get");
        ApiRoutes.operation(this, "bandwidth-update", "bandwidthApi", "update");
    }

}
