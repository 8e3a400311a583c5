package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Where an operator's own routes enter: they start a policy by its name, or tell that
 * something has changed at a registry. What is refused fails the exchange that asked.
 */
public final class EntryRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:drayage-start-policy").routeId("entry-start-policy")
            .errorHandler(noErrorHandler())
            .convertBodyTo(String.class)
            .bean("entryApi", "startPolicy")
            .id("start-policy-by-name")
            .wireTap("direct:wake");

        from("direct:drayage-event").routeId("entry-event")
            .errorHandler(noErrorHandler())
            .convertBodyTo(byte[].class)
            .bean("entryApi", "event")
            .id("offer-event");
    }

}
