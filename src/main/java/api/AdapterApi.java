package api;

import replication.Refusal;
import replication.registry.Adapters;

/** {@code /api/replication/adapters}. */
public final class AdapterApi {

    private final Adapters adapters;

    public AdapterApi(Adapters adapters) {
        this.adapters = adapters;
    }

    public Answer list(ApiRequest request) {
        return Answer.ok(this.adapters.infos().stream().map(AdapterView::of).toList());
    }

    public Answer get(ApiRequest request) {
        String identity = request.path("identity");
        return Answer.ok(AdapterView
            .of(this.adapters.info(identity).orElseThrow(() -> new Refusal.Missing("adapter", identity))));
    }

}
