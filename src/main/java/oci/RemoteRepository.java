package oci;

import java.util.List;

import replication.execution.copy.StopSignal;

/**
 * What every conversation about one repository needs.
 *
 * @param scopes what its tokens allow
 */
record RemoteRepository(HttpCaller caller, Endpoint endpoint, String name, List<Scope> scopes, StopSignal stop) {

    static RemoteRepository readable(HttpCaller caller, Endpoint endpoint, String name, StopSignal stop) {
        return new RemoteRepository(caller, endpoint, endpoint.checked(name), List.of(Scope.repository(name, "pull")),
                stop);
    }

    static RemoteRepository writable(HttpCaller caller, Endpoint endpoint, String name, StopSignal stop) {
        return new RemoteRepository(caller, endpoint, endpoint.checked(name),
                List.of(Scope.repository(name, "pull", "push")), stop);
    }

    /** The same, asked past caches and over other connections. */
    RemoteRepository afresh() {
        return new RemoteRepository(this.caller.afresh(), this.endpoint, this.name, this.scopes, this.stop);
    }

    /** How messages call it. */
    String title() {
        return this.endpoint.name(this.name);
    }

    String title(String reference) {
        return title() + (Digest.isDigest(reference) ? "@" : ":") + reference;
    }

}
