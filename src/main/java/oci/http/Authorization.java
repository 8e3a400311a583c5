package oci.http;

import java.util.List;
import java.util.Map;

import oci.message.Call;
import oci.message.Rejection;
import oci.model.Scope;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * How one registry is authenticated to: what to send with a request, and what to send
 * after a refusal. Safe for many threads.
 */
public interface Authorization {

    /**
     * The {@code Authorization} header for a request; null where it goes without.
     * @param scopes what a token must allow
     */
    @Nullable String header(List<Scope> scopes, StopSignal stop);

    /**
     * Further headers that prove who sends this one request. They go to the registry's
     * own host only.
     */
    default Map<String, String> proof(Call call, StopSignal stop) {
        return Map.of();
    }

    /** The registry has taken what it was sent. */
    void accepted(@Nullable String sent);

    /**
     * The header to try after a refusal.
     * @param sent what the refused request carried
     * @return null where there is nothing new to try
     */
    @Nullable String renew(Rejection rejection, @Nullable String sent, StopSignal stop);

    /**
     * Whether a token that was just issued and refused may become valid in a moment,
     * because the registry's clock is behind.
     */
    boolean mayRipen(Rejection rejection);

    /** Whether an anonymous caller gets tokens from a service that the registry names. */
    boolean anonymousByToken();

    /** Who the registry lets in, as far as it has shown, in one line. */
    String admission();

}
