package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * What all operations of the API share: a bean answers, and its answer becomes the
 * response.
 */
public final class ApiRoutes extends RouteBuilder {

    static final String ANSWER = "direct:answer";

    static final String CONFIGURATION = "api";

    /** Who has logged in, as a bean's argument; no header of a client can say it. */
    static final String WHO = "${header.CamelHttpServletRequest.remoteUser}";

    @Override
    public void configure() {
        from(ANSWER).routeId("answer")
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.status}"))
            .setHeader(Exchange.CONTENT_TYPE, simple("${body.contentType}"))
            .setHeader("Location", simple("${body.location}"))
            .setHeader("Link", simple("${body.link}"))
            .setHeader("Retry-After", simple("${body.retryAfter}"))
            .setBody(simple("${body.body}"));
    }

    /** One operation: the route of the REST surface's name calls a bean's method. */
    static void operation(RouteBuilder routes, String id, String bean, String method) {
        routes.from("direct:" + id)
            .routeId(id)
            .routeConfigurationId(CONFIGURATION)
            .bean(bean, method)
            .id(id + "-bean")
            .to(ANSWER);
    }

}
