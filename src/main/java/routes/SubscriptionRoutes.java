package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is asked of subscriptions and what they are told. */
public final class SubscriptionRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("subscriptions-list", "list(${header.after}, ${header.page_size})");
        operation("subscriptions-create", "create(${bodyAs(String)})");
        operation("subscriptions-get", "get(${header.id})");
        operation("subscriptions-update", "update(${header.id}, ${bodyAs(String)})");
        operation("subscriptions-delete", "delete(${header.id})");
        operation("deliveries-list", "deliveries(${header.id}, ${header.state}, ${header.after}, ${header.page_size})");
        operation("deliveries-retry", "retry(${header.id}, ${header.delivery})");
    }

    private void operation(String id, String method) {
        ApiRoutes.operation(this, id, "subscriptionApi", method);
    }

}
