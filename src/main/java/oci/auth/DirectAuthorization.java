package oci.auth;

import java.time.Clock;
import java.util.List;

import oci.http.Authorization;
import oci.message.Rejection;
import oci.model.CredentialSource;
import oci.model.CredentialSource.Issued;
import oci.model.Scope;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a source issues with each request, and something else after a refusal, where
 * the source has something else.
 */
public final class DirectAuthorization implements Authorization {

    private final KeptCredential credential;

    public DirectAuthorization(CredentialSource source, StopSignal closing, Clock clock) {
        this.credential = new KeptCredential(source, closing, clock);
    }

    @Override
    public @Nullable String header(List<Scope> scopes, StopSignal stop) {
        return Authorizer.own(this.credential.current(stop).credential());
    }

    @Override
    public void accepted(@Nullable String sent) {
        this.credential.works();
    }

    @Override
    public @Nullable String renew(Rejection rejection, @Nullable String sent, StopSignal stop) {
        Issued current = this.credential.current(stop);
        String header = Authorizer.own(current.credential());
        if (header == null || !header.equals(sent)) {
            return header;
        }
        String other = Authorizer.own(this.credential.insteadOf(current, stop).credential());
        return header.equals(other) ? null : other;
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
