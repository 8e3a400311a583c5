package oci.http;

import java.util.List;

import oci.model.Digest;
import oci.model.Scope;
import oci.model.StopSignal;

/**
 * What every request about one repository needs.
 *
 * @param scopes what its tokens allow
 */
public record RemoteRepository(HttpCaller caller, Endpoint endpoint, String name, List<Scope> scopes, StopSignal stop) {

    public static RemoteRepository readable(HttpCaller caller, Endpoint endpoint, String name, StopSignal stop) {
        return new RemoteRepository(caller, endpoint, endpoint.checked(name), List.of(Scope.repository(name, "pull")),
                stop);
    }

    public static RemoteRepository writable(HttpCaller caller, Endpoint endpoint, String name, StopSignal stop) {
        return new RemoteRepository(caller, endpoint, endpoint.checked(name),
                List.of(Scope.repository(name, "pull", "push")), stop);
    }

    /** The same repository with tokens that allow to read alone. */
    public RemoteRepository readOnly() {
        return new RemoteRepository(this.caller, this.endpoint, this.name, List.of(Scope.repository(this.name, "pull")),
                this.stop);
    }

    /** The same repository past caches and over other connections. */
    public RemoteRepository afresh() {
        return new RemoteRepository(this.caller.afresh(), this.endpoint, this.name, this.scopes, this.stop);
    }

    /** How messages call it. */
    public String title() {
        return this.endpoint.name(this.name);
    }

    public String title(String reference) {
        return title() + (Digest.isDigest(reference) ? "@" : ":") + reference;
    }

}
