package routes;

import org.apache.camel.builder.RouteBuilder;

/**
 * Where registries tell what happens to them. What they told is given to executions by a
 * duty that comes round several times a second.
 */
public final class HookRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("hooks-create", "create(${header.id}, ${bodyAs(String)})");
        operation("hooks-list", "list(${header.id})");
        operation("hooks-delete", "delete(${header.id}, ${header.hook})");
        operation("webhooks-deliver", "deliver(${header.token}, ${headers}, ${bodyAs(byte[])})");
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "hookApi", method);
    }

}
