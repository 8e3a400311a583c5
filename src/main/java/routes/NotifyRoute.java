package routes;

import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.builder.RouteBuilder;
import replication.notice.Delivered;
import replication.notice.OutgoingNotice;

/**
 * Notices come out of the outbox, each is delivered by its means ({@link DeliverRoutes}),
 * and the result is written down; a notice that has arrived makes room for the next. If
 * that writing fails, the lease ends and the notice is sent once more.
 */
public final class NotifyRoute extends RouteBuilder {

    private static final String NOTICE = "notice";

    @Override
    public void configure() {
        from("direct:notify").routeId("notify")
            .routeConfigurationId("duty")
            .bean("noticeSender", "take")
            .id("take-notices")
            .split(body())
            .id("split-notices")
            .wireTap("direct:deliver");

        from("direct:deliver").routeId("deliver")
            .routeConfigurationId("duty")
            .setProperty(NOTICE, body())
            .doTry()
            .toD("direct:deliver-${body.target.means}")
            .id("send-notice")
            .doCatch(Throwable.class)
            .bean("receiverAnswer", "failed")
            .end()
            .bean(this, "delivered")
            .bean("noticeSender", "end")
            .id("end-notice")
            .filter(body())
            .to("direct:notify");
    }

    public Delivered delivered(@ExchangeProperty(NOTICE) OutgoingNotice notice, @Body String why) {
        return new Delivered(notice, why);
    }

}
