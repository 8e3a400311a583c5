package oci;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import replication.registry.RegistryFailure;

/**
 * One request, before it is known how often it is sent and to where it is redirected.
 *
 * @param doing what is being done, to which thing, as messages begin
 * @param scopes what a token must allow for it
 * @param accept the media types of the answer; empty for any
 * @param headers what it says besides
 * @param verdict what a refusal of it means
 */
record Call(String method, URI uri, String doing, List<Scope> scopes, Lane lane, List<String> accept,
        Map<String, String> headers, Body body, Function<Rejection, RegistryFailure> verdict) {

    static Call of(String method, URI uri, String doing, List<Scope> scopes) {
        return new Call(method, uri, doing, scopes, Lane.SMALL, List.of(), Map.of(), Body.NONE, Rejection::failure);
    }

    Call in(Lane weight) {
        return new Call(this.method, this.uri, this.doing, this.scopes, weight, this.accept, this.headers, this.body,
                this.verdict);
    }

    Call accepting(List<String> mediaTypes) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, mediaTypes, this.headers, this.body,
                this.verdict);
    }

    Call with(Body content) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, this.headers, content,
                this.verdict);
    }

    Call saying(String name, String value) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, Map.of(name, value),
                this.body, this.verdict);
    }

    Call judgedBy(Function<Rejection, RegistryFailure> judge) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, this.headers, this.body,
                judge);
    }

    Call at(URI redirected) {
        return new Call(this.method, redirected, this.doing, this.scopes, this.lane, this.accept, this.headers,
                this.body, this.verdict);
    }

    boolean repeatable() {
        return !(this.body instanceof Body.Once);
    }

    /** Whether a redirect of it is followed. */
    boolean reading() {
        return this.method.equals("GET") || this.method.equals("HEAD");
    }

}
