package oci.auth;

import java.util.List;
import java.util.Map;

import oci.http.Authorization;
import oci.http.RequestSigner;
import oci.message.Body;
import oci.message.Call;
import oci.message.Rejection;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/** Sends requests as a signer signs them. */
public final class SignedAuthorization implements Authorization {

    private final RequestSigner signer;

    public SignedAuthorization(RequestSigner signer) {
        this.signer = signer;
    }

    @Override
    public Map<String, String> proof(Call call, StopSignal stop) {
        byte[] body = (call.body() instanceof Body.Bytes bytes) ? bytes.content() : new byte[0];
        try {
            return this.signer.headers(call.method(), call.uri(), call.headers(), body, stop);
        }
        catch (RegistryFailure.NotFound ex) {
            // What the signer did not find says nothing of what is asked for.
            throw new RegistryFailure.Permanent(ex.reason(), ex);
        }
    }

    @Override
    public @Nullable String header(List<Scope> scopes, StopSignal stop) {
        return null;
    }

    @Override
    public void accepted(@Nullable String sent) {
        // Each request has a signature of its own.
    }

    @Override
    public @Nullable String renew(Rejection rejection, @Nullable String sent, StopSignal stop) {
        return null;
    }

    @Override
    public boolean mayRipen(Rejection rejection) {
        return false;
    }

    @Override
    public boolean anonymousByToken() {
        return false;
    }

    @Override
    public String admission() {
        return "";
    }

}
