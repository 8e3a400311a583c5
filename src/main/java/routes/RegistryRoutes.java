package routes;

import org.apache.camel.builder.RouteBuilder;

/** What is asked of registries and adapters. */
public final class RegistryRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("registries-list", "registryApi",
                "list(${header.q}, ${header.type}, ${header.after}, ${header.page_size})");
        operation("registries-create", "registryApi", "create(${bodyAs(String)})");
        operation("registries-get", "registryApi", "get(${header.id})");
        operation("registries-update", "registryApi", "update(${header.id}, ${bodyAs(String)})");
        operation("registries-delete", "registryApi", "delete(${header.id})");
        operation("registries-ping", "registryApi", "ping(${bodyAs(String)})");
        operation("registries-namespaces", "registryApi",
                "namespaces(${header.id}, ${header.q}, ${header.after}, ${header.page_size})");
        operation("adapters-list", "adapterApi", "list");
        operation("adapters-get", "adapterApi", "get(${header.identity})");
    }

    private void operation(String id, String bean, String method) {
        ApiRoutes.operation(this, id, bean, method);
    }

}
