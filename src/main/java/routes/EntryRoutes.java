package routes;

import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * Where an operator's own routes enter: they start a policy by its name, or say that
 * something has changed at a registry, in JSON or as a map that camel-jackson writes.
 * What is refused fails the exchange that asked.
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
            .choice()
            .when(body().isInstanceOf(Map.class))
            .marshal()
            .json(JsonLibrary.Jackson)
            .end()
            .convertBodyTo(byte[].class)
            .bean("entryApi", "event")
            .id("offer-event");
    }

}
