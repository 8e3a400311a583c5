package routes;

import org.apache.camel.builder.RouteBuilder;

/** The operations on policies. */
public final class PolicyRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("policies-list", "list");
        operation("policies-create", "create");
        operation("policies-get", "get");
        operation("policies-update", "update");
        operation("policies-delete", "delete");
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "policyApi", method);
    }

}
