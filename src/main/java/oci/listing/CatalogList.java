package oci.listing;

import java.util.List;
import java.util.stream.Stream;

import oci.http.Endpoint;
import oci.http.HttpCaller;
import oci.message.Call;
import oci.message.Rejection;
import oci.model.NameGrammar;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.Scope;

/** Lists the repositories of a registry. */
public final class CatalogList {

    private final HttpCaller caller;

    private final Endpoint endpoint;

    public CatalogList(HttpCaller caller, Endpoint endpoint) {
        this.caller = caller;
        this.endpoint = endpoint;
    }

    public Stream<String> repositories() {
        Call call = Call
            .of("GET", this.endpoint.v2("_catalog"), "list the repositories of " + this.endpoint.name(),
                    List.of(Scope.CATALOG))
            .judgedBy(CatalogList::judge);
        return NamePages.stream(this.caller, call, "repositories", NameGrammar::isRepository, this.caller.closing());
    }

    private static RegistryFailure judge(Rejection rejection) {
        return switch (rejection.status()) {
            case 404, 405 -> new RegistryFailure.Permanent(new Reason(rejection.message(),
                    "the registry offers no catalog: name repositories without wildcards"), null);
            default -> rejection.failure();
        };
    }

}
