package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The operations of the API by their names in {@code rest.camel.yaml}, but for those of
 * {@link ExecutionRoutes}: the request is read into an {@link api.ApiRequest}, a bean's
 * method answers it, and its answer becomes the response. Nothing of a request is ever a
 * header of the message ({@link ClosedHeaders}) or part of an expression.
 */
public final class ApiRoutes extends RouteBuilder {

    static final String ANSWER = "direct:answer";

    static final String CONFIGURATION = "api";

    /** The bean that reads requests. */
    static final String REQUESTS = "apiRequests";

    private static final String ORIGIN = "origin";

    @Override
    public void configure() {
        operations("registries", "registryApi", "list", "create", "get", "update", "delete", "ping", "namespaces",
                "repositories");
        operations("adapters", "adapterApi", "list", "get");
        operations("policies", "policyApi", "list", "create", "get", "update", "delete");
        operations("bandwidth", "bandwidthApi", "get", "update");
        operations("executions", "executionApi", "list", "get", "delete", "changes");
        operations("tasks", "taskApi", "get", "list", "log", "artifacts");
        operations("hooks", "hookApi", "create", "list", "get", "delete");
        operation("webhooks-create", "hookApi", "webhook");
        operations("subscriptions", "subscriptionApi", "list", "create", "get", "update", "delete");
        operation("deliveries-list", "subscriptionApi", "deliveries");
        operation("deliveries-retry", "subscriptionApi", "retry");
        operation("webhooks-deliver", "hookApi", "deliver");
        allow();
        answer();
    }

    /**
     * Answers a sender that asks whether it may send, as Azure's Event Grid does first
     * (CloudEvents, "HTTP 1.1 Web Hooks", section 4). The hook decides what is accepted.
     */
    private void allow() {
        from("platform-http:/api/webhooks/{token}?httpMethodRestrict=OPTIONS").routeId("webhooks-allow")
            .routeConfigurationId(CONFIGURATION)
            .bean(REQUESTS, "read")
            .setProperty(ORIGIN, method("hookApi", "origin"))
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(200))
            .setHeader("WebHook-Allowed-Origin", exchangeProperty(ORIGIN))
            .setHeader("WebHook-Allowed-Rate", constant("*"))
            .setBody(constant(""));
    }

    private void answer() {
        from(ANSWER).routeId("answer")
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, simple("${body.status}"))
            .setHeader(Exchange.CONTENT_TYPE, simple("${body.contentType}"))
            .setHeader("Location", simple("${body.location}"))
            .setHeader("Link", simple("${body.link}"))
            .setHeader("Retry-After", simple("${body.retryAfter}"))
            .setBody(simple("${body.body}"));
    }

    private void operations(String of, String bean, String... methods) {
        for (String method : methods) {
            operation(of + "-" + method, bean, method);
        }
    }

    /** The route of the operation's name in the REST surface calls a bean's method. */
    private void operation(String id, String bean, String method) {
        from("direct:" + id).routeId(id)
            .routeConfigurationId(CONFIGURATION)
            .bean(REQUESTS, "read")
            .bean(bean, method)
            .id(id + "-bean")
            .to(ANSWER);
    }

}
