package routes;

import org.apache.camel.builder.RouteBuilder;

/** The operations on subscriptions and their deliveries. */
public final class SubscriptionRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("subscriptions-list", "list");
        operation("subscriptions-create", "create");
        operation("subscriptions-get", "get");
        operation("subscriptions-update", "update");
        operation("subscriptions-delete", "delete");
        operation("deliveries-list", "deliveries");
        operation("deliveries-retry", "retry");
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "subscriptionApi", method);
    }

}
