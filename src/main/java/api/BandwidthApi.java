package api;

import replication.bandwidth.Bandwidths;

/** {@code /api/replication/bandwidth}: the limit of all that is moved. */
public final class BandwidthApi {

    private final Bandwidths bandwidths;

    public BandwidthApi(Bandwidths bandwidths) {
        this.bandwidths = bandwidths;
    }

    public Answer get(ApiRequest request) {
        return Answer.ok(BandwidthBody.of(this.bandwidths.everything()));
    }

    public Answer update(ApiRequest request) {
        this.bandwidths.limitEverything(BandwidthBody.read("", request.json(BandwidthBody.class)));
        return get(request);
    }

}
