package api.registry;

import api.ApiAnswer;
import api.ApiRequest;
import replication.Refusal;
import replication.registry.Adapters;

/** {@code /api/replication/adapters}. */
public final class AdapterApi {

    private final Adapters adapters;

    public AdapterApi(Adapters adapters) {
        this.adapters = adapters;
    }

    public ApiAnswer list(ApiRequest request) {
        return ApiAnswer.ok(this.adapters.infos().stream().map(AdapterView::of).toList());
    }

    public ApiAnswer get(ApiRequest request) {
        String identity = request.path("identity");
        return ApiAnswer.ok(AdapterView
            .of(this.adapters.info(identity).orElseThrow(() -> new Refusal.Missing("adapter", identity))));
    }

}
