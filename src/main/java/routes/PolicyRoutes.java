package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is asked of policies. */
public final class PolicyRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("policies-list", "list(${header.q}, ${header.after}, ${header.page_size})");
        operation("policies-create", "create(${bodyAs(String)}, " + ApiRoutes.WHO + ")");
        operation("policies-get", "get(${header.id})");
        operation("policies-update", "update(${header.id}, ${bodyAs(String)}, " + ApiRoutes.WHO + ")");
        operation("policies-delete", "delete(${header.id})");
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "policyApi", method);
    }

}
