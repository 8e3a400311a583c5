package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Where registries post their events. A duty gives these to executions several times a
 * second.
 */
public final class HookRoutes extends RouteBuilder {

    private static final String ORIGIN = "origin";

    @Override
    public void configure() {
        operation("hooks-create", "create");
        operation("hooks-list", "list");
        operation("hooks-delete", "delete");
        operation("webhooks-deliver", "deliver");
        allow();
    }

    /**
     * Answers a sender that asks whether it may send, as Azure's Event Grid does first
     * (CloudEvents, "HTTP 1.1 Web Hooks", section 4). The hook decides what is accepted.
     */
    private void allow() {
        from("platform-http:/api/webhooks/{token}?httpMethodRestrict=OPTIONS").routeId("webhooks-allow")
            .routeConfigurationId(ApiRoutes.CONFIGURATION)
            .bean(ApiRoutes.REQUESTS, "read")
            .setProperty(ORIGIN, method("hookApi", "origin"))
            .removeHeaders("*")
            .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(200))
            .setHeader("WebHook-Allowed-Origin", exchangeProperty(ORIGIN))
            .setHeader("WebHook-Allowed-Rate", constant("*"))
            .setBody(constant(""));
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "hookApi", method);
    }

}
