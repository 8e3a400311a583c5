package api.policy;

import api.ApiAnswer;
import api.ApiRequest;
import replication.bandwidth.Bandwidth;
import replication.bandwidth.Bandwidths;

/** {@code /api/replication/bandwidth}: the limit of all traffic. */
public final class BandwidthApi {

    private final Bandwidths bandwidths;

    public BandwidthApi(Bandwidths bandwidths) {
        this.bandwidths = bandwidths;
    }

    public ApiAnswer get(ApiRequest request) {
        return ApiAnswer.ok(this.bandwidths.everything());
    }

    public ApiAnswer update(ApiRequest request) {
        this.bandwidths.limitEverything(request.json(Bandwidth.class));
        return get(request);
    }

}
