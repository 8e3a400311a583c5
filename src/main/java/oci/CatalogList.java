package oci;

import java.util.List;
import java.util.stream.Stream;

import replication.registry.RegistryFailure;

/** Lists the repositories of a registry. */
final class CatalogList {

    private final HttpCaller caller;

    private final Endpoint endpoint;

    CatalogList(HttpCaller caller, Endpoint endpoint) {
        this.caller = caller;
        this.endpoint = endpoint;
    }

    Stream<String> repositories() {
        Call call = Call
            .of("GET", this.endpoint.v2("_catalog"), "list the repositories of " + this.endpoint.name(),
                    List.of(Scope.CATALOG))
            .judgedBy(CatalogList::judge);
        return NamePages.stream(this.caller, call, "repositories", NameGrammar::isRepository, this.caller.closing());
    }

    private static RegistryFailure judge(Rejection rejection) {
        return switch (rejection.status()) {
            case 404, 405 -> new RegistryFailure.Permanent(
                    rejection.message() + "; the registry offers no catalog, name repositories without wildcards");
            default -> rejection.failure();
        };
    }

}
