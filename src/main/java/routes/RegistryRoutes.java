package routes;

import org.apache.camel.builder.RouteBuilder;

/** The operations on registries and adapters. */
public final class RegistryRoutes extends RouteBuilder {

    @Override
    public void configure() {
        operation("registries-list", "registryApi", "list");
        operation("registries-create", "registryApi", "create");
        operation("registries-get", "registryApi", "get");
        operation("registries-update", "registryApi", "update");
        operation("registries-delete", "registryApi", "delete");
        operation("registries-ping", "registryApi", "ping");
        operation("registries-namespaces", "registryApi", "namespaces");
        operation("adapters-list", "adapterApi", "list");
        operation("adapters-get", "adapterApi", "get");
    }

    private void operation(String id, String bean, String method) {
        ApiRoutes.operation(this, id, bean, method);
    }

}
