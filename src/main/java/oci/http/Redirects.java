package oci.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import oci.message.Answer;
import oci.message.Call;
import oci.message.Hop;
import oci.model.CarriedFailure;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * Follows a registry's redirects, to other hosts without its credential, and names the
 * host that failed.
 */
final class Redirects {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private static final int MOST = 5;

    private static final int MOST_PROVEN = 1000;

    private final Origin origin;

    private final Authorization proofs;

    /** How messages call the registry's host. */
    private final String name;

    /** Other hosts that have accepted an upload. */
    private final Set<Origin> proven = ConcurrentHashMap.newKeySet();

    Redirects(Endpoint endpoint, Authorization proofs) {
        this.origin = endpoint.origin();
        this.proofs = proofs;
        this.name = endpoint.base().authority();
    }

    boolean ours(WebUrl uri) {
        return Origin.of(uri).equals(this.origin);
    }

    Answer follow(Wire wire, Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        Call hop = ours(call.uri()) ? call : call.sent(call.uri(), Hop.toUpload(this.name, authorization != null));
        for (int hops = 0; hops <= MOST; hops++) {
            Answer answer = step(wire, hop, authorization, stop);
            if (!call.reading() || !STATUSES.contains(answer.status())) {
                return answer;
            }
            try (answer) {
                WebUrl to = Location.of(hop, answer);
                hop = hop.sent(to, Hop.redirect(call, hop.uri().authority(), !ours(to), authorization != null));
                answer.finish();
            }
        }
        throw new CarriedFailure(new RegistryFailure.Permanent(call.doing() + ": more than " + MOST + " redirects"));
    }

    private Answer step(Wire wire, Call hop, @Nullable String authorization, StopSignal stop) throws IOException {
        try {
            if (!ours(hop.uri())) {
                return wire.sendNow(hop, null, stop);
            }
            Call proven = hop.withHeaders(this.proofs.proof(hop, stop));
            // The caller has waited for the turn of the first request.
            return (hop.hop() == null) ? wire.sendNow(proven, authorization, stop)
                    : wire.send(proven, authorization, stop);
        }
        catch (IOException ex) {
            throw located(hop, ex);
        }
    }

    /** Adds the host to a fault that happened elsewhere than at the registry. */
    IOException located(Call call, IOException ex) {
        return (call.hop() == null || ex instanceof Astray) ? ex : new Astray(call, ex, leadAstray(call));
    }

    /** Records a success. */
    void served(Call call, Answer answer) {
        if (!ours(call.uri()) && this.proven.size() < MOST_PROVEN) {
            this.proven.add(Origin.of(answer.uri()));
        }
    }

    /**
     * Whether a request writes to another host that has never accepted an upload, and so
     * is more likely wrong than away.
     */
    boolean leadAstray(Call call) {
        return !call.reading() && !ours(call.uri()) && !this.proven.contains(Origin.of(call.uri()));
    }

}
