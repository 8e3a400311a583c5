package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

/**
 * Delivers a notice by its means: a webhook, an operator's own route or mail. Each route
 * ends with the reason why the notice has not arrived, or with an empty text. Headers
 * that the message has gathered before, such as those of the tick, are removed. The
 * receiver's URL is in a header only: it may be a secret, and endpoints are shown to
 * operators.
 */
public final class DeliverRoutes extends RouteBuilder {

    private static final String RECEIVER = "http://receiver?httpMethod=POST&throwExceptionOnFailure=false"
            + "&ignoreResponseBody=true&skipResponseHeaders=true&copyHeaders=false&connectTimeout=5000"
            + "&httpClientConfigurer=#receiverClient";

    private static final String MAIL = "smtp://mail?javaMailSender=#mailSender&contentType=text/plain;charset=UTF-8";

    @Override
    public void configure() {
        webhook();
        ownRoute();
        mail();
    }

    private void webhook() {
        from("direct:deliver-webhook").routeId("deliver-webhook")
            .errorHandler(noErrorHandler())
            .bean("messages", "webhook")
            .id("write-webhook")
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_URI, simple("${body.url}"))
            .setHeader(Exchange.CONTENT_TYPE, simple("${body.contentType}"))
            .setHeader("webhook-id", simple("${body.id}"))
            .setHeader("webhook-timestamp", simple("${body.timestamp}"))
            .setHeader("webhook-signature", simple("${body.signature}"))
            .setBody(simple("${body.bytes}"))
            .to(RECEIVER)
            .id("post-webhook")
            .setBody(header(Exchange.HTTP_RESPONSE_CODE))
            .bean("receiverAnswer", "answered")
            .id("judge-answer");
    }

    private void ownRoute() {
        from("direct:deliver-route").routeId("deliver-route")
            .errorHandler(noErrorHandler())
            .setProperty("route", simple("${body.target.name}"))
            .bean("messages", "route")
            .id("write-event")
            .removeHeaders("*")
            .setHeader(Exchange.CONTENT_TYPE, constant("application/cloudevents+json"))
            .doTry()
            .toD("direct:notice-${exchangeProperty.route}?block=false")
            .id("hand-event")
            .setBody(constant(""))
            .doCatch(DirectConsumerNotAvailableException.class)
            .setBody(simple("no own route listens at direct:notice-${exchangeProperty.route} on this node"))
            .doCatch(Throwable.class)
            .bean("receiverAnswer", "routeFailed")
            .end();
    }

    private void mail() {
        from("direct:deliver-mail").routeId("deliver-mail")
            .errorHandler(noErrorHandler())
            .bean("messages", "mail")
            .id("write-mail")
            .removeHeaders("*")
            .setHeader("From", simple("${body.from}"))
            .setHeader("To", simple("${body.to}"))
            .setHeader("Subject", simple("${body.subject}"))
            .setHeader("Message-ID", simple("${body.id}"))
            .setBody(simple("${body.text}"))
            .to(MAIL)
            .id("send-mail")
            .setBody(constant(""));
    }

}
