package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * What all operations of the API share: the request is read into an
 * {@link api.ApiRequest}, a bean answers it, and its answer becomes the response. Nothing
 * of a request is ever a header of the message ({@link ClosedHeaders}) or part of an
 * expression.
 */
public final class ApiRoutes extends RouteBuilder {

    static final String ANSWER = "direct:answer";

    static final String CONFIGURATION = "api";

    /** The bean that reads requests. */
    static final String REQUESTS = "apiRequests";

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
            .bean(REQUESTS, "read")
            .bean(bean, method)
            .id(id + "-bean")
            .to(ANSWER);
    }

}
