package api.policy;

import api.ApiAnswer;
import api.ApiRequest;
import api.BandwidthBody;
import replication.bandwidth.Bandwidths;

/** {@code /api/replication/bandwidth}: the limit of all that is moved. */
public final class BandwidthApi {

    private final Bandwidths bandwidths;

    public BandwidthApi(Bandwidths bandwidths) {
        this.bandwidths = bandwidths;
    }

    public ApiAnswer get(ApiRequest request) {
        return ApiAnswer.ok(BandwidthBody.of(this.bandwidths.everything()));
    }

    public ApiAnswer update(ApiRequest request) {
        this.bandwidths.limitEverything(BandwidthBody.read("", request.json(BandwidthBody.class)));
        return get(request);
    }

}
