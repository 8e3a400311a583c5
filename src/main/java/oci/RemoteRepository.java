package oci;

import java.util.List;

import replication.execution.StopSignal;

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

    /** How messages call it. */
    String title() {
        return this.endpoint.name(this.name);
    }

    String title(String reference) {
        return title() + (Digest.isDigest(reference) ? "@" : ":") + reference;
    }

}
