package api;

import org.jspecify.annotations.Nullable;
import replication.bandwidth.Bandwidths;

/** {@code /api/replication/bandwidth}: the limit of all that is moved. */
public final class BandwidthApi {

    private final Bandwidths bandwidths;

    public BandwidthApi(Bandwidths bandwidths) {
        this.bandwidths = bandwidths;
    }

    public Answer get() {
        return Answer.ok(BandwidthBody.of(this.bandwidths.everything()));
    }

    public Answer update(@Nullable String body) {
        this.bandwidths.limitEverything(BandwidthBody.read("", Json.read(body, BandwidthBody.class)));
        return get();
    }

}
