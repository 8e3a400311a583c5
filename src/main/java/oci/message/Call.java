package oci.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import oci.limits.Lane;
import oci.model.Rates;
import oci.model.RegistryFailure;
import oci.model.Scope;
import oci.model.WebUrl;
import org.jspecify.annotations.Nullable;

/**
 * One request, before it is known how often it is sent and to where it is redirected.
 *
 * @param doing what is being done, to which thing, as messages begin
 * @param scopes what a token must allow for it
 * @param accept the media types of the answer; empty for any
 * @param headers what it says besides
 * @param verdict what a refusal of it means
 * @param hop why it goes to another place than was asked first; null where it does not
 */
public record Call(String method, WebUrl uri, String doing, List<Scope> scopes, Lane lane, List<String> accept,
        Map<String, String> headers, Body body, Function<Rejection, RegistryFailure> verdict, @Nullable Hop hop) {

    public static Call of(String method, WebUrl uri, String doing, List<Scope> scopes) {
        return new Call(method, uri, doing, scopes, Lane.SMALL, List.of(), Map.of(), Body.NONE, Rejection::failure,
                null);
    }

    public Call in(Lane weight) {
        return new Call(this.method, this.uri, this.doing, this.scopes, weight, this.accept, this.headers, this.body,
                this.verdict, this.hop);
    }

    public Call accepting(List<String> mediaTypes) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, mediaTypes, this.headers, this.body,
                this.verdict, this.hop);
    }

    public Call with(Body content) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, this.headers, content,
                this.verdict, this.hop);
    }

    public Call withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    public Call withHeaders(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new HashMap<>(this.headers);
        all.putAll(more);
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, Map.copyOf(all),
                this.body, this.verdict, this.hop);
    }

    public Call judgedBy(Function<Rejection, RegistryFailure> judge) {
        return new Call(this.method, this.uri, this.doing, this.scopes, this.lane, this.accept, this.headers, this.body,
                judge, this.hop);
    }

    public Call at(WebUrl other) {
        return new Call(this.method, other, this.doing, this.scopes, this.lane, this.accept, this.headers, this.body,
                this.verdict, this.hop);
    }

    /** The same request at the URL that an answer has sent it to. */
    public Call sent(WebUrl there, Hop by) {
        return new Call(this.method, there, this.doing, this.scopes, this.lane, this.accept, this.headers, this.body,
                this.verdict, by);
    }

    /** A message about the result. */
    public String says(Culprit culprit, String did) {
        String words = (this.hop != null) ? this.hop.says(this, culprit.after(did))
                : culprit.first((culprit == Culprit.NAME) ? this.uri.host() : this.uri.authority(), did);
        return this.doing + ": " + words;
    }

    public boolean repeatable() {
        return !(this.body instanceof Body.Once);
    }

    /** What it does, as registries count it. */
    public Rates.Kind kind() {
        String path = this.uri.path();
        return switch (this.method) {
            case "DELETE" -> Rates.Kind.DELETE;
            case "GET", "HEAD" ->
                (path.endsWith("/tags/list") || path.endsWith("/_catalog") || path.contains("/referrers/"))
                        ? Rates.Kind.LIST : Rates.Kind.READ;
            default -> (this.method.equals("PUT") && path.contains("/manifests/")) ? Rates.Kind.MANIFEST_PUT
                    : Rates.Kind.WRITE;
        };
    }

    /** Whether a redirect of it is followed. */
    public boolean reading() {
        return this.method.equals("GET") || this.method.equals("HEAD");
    }

}
