package routes;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Where registries tell what happens to them. What they told is given to executions by a
 * duty that comes round several times a second.
 */
public final class HookRoutes extends RouteBuilder {

    private static final String ORIGIN = "origin";

    @Override
    public void configure() {
        operation("hooks-create", "create(${header.id}, ${bodyAs(String)})");
        operation("hooks-list", "list(${header.id})");
        operation("hooks-delete", "delete(${header.id}, ${header.hook})");
        operation("webhooks-deliver", "deliver(${header.token}, ${headers}, ${bodyAs(byte[])})");
        allow();
    }

    /**
     * Whoever asks whether it may send, as Azure's Event Grid does first (CloudEvents,
     * "HTTP 1.1 Web Hooks", section 4). What may be sent here the hook decides.
     */
    private void allow() {
        from("platform-http:/api/webhooks/{token}?httpMethodRestrict=OPTIONS").routeId("webhooks-allow")
            .setProperty(ORIGIN, header("WebHook-Request-Origin"))
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
