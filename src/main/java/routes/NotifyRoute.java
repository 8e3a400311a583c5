package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Letters come out of the outbox, each is delivered by its means ({@link DeliverRoutes}),
 * and what came of it is written down; one that has arrived makes room for the next.
 * Where writing fails, its lease runs out and it is sent once more.
 */
public final class NotifyRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:notify").routeId("notify")
            .routeConfigurationId("duty")
            .bean("courier", "take")
            .id("take-letters")
            .split(body())
            .id("split-letters")
            .wireTap("direct:deliver");

        from("direct:deliver").routeId("deliver")
            .routeConfigurationId("duty")
            .setProperty("letter", body())
            .doTry()
            .toD("direct:deliver-${body.target.means}")
            .id("send-letter")
            .doCatch(Throwable.class)
            .bean("verdict", "failed(${exception})")
            .end()
            .bean("courier", "ended(${exchangeProperty.letter}, ${body})")
            .id("end-letter")
            .filter(body())
            .to("direct:notify");
    }

}
