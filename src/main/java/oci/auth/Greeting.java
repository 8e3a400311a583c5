package oci.auth;

import java.util.List;

import oci.http.Attempts;
import oci.http.Endpoint;
import oci.http.Wire;
import oci.message.Call;
import oci.message.Challenge;
import oci.message.Rejected;
import oci.message.Rejection;
import oci.model.StopSignal;

/** Asks a registry, without any credential, how it wants to be authenticated to. */
public final class Greeting {

    private final Call call;

    private final Wire wire;

    private final Attempts attempts;

    public Greeting(Endpoint endpoint, Wire wire, Attempts attempts) {
        this.call = Call.of("GET", endpoint.v2(""), "ping " + endpoint.name(), List.of());
        this.wire = wire;
        this.attempts = attempts;
    }

    /** The registry's challenges; empty where it lets anyone in or does not say. */
    public List<Challenge> challenges(StopSignal stop) {
        return this.attempts.run(this.call, stop, () -> {
            Rejection answer = Rejection.of(this.call, this.wire.send(this.call, null, stop));
            if (answer.failure().passing()) {
                throw new Rejected(answer);
            }
            return answer.challenges();
        });
    }

}
