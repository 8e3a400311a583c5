package oci.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import oci.message.Call;
import oci.model.Scope;
import oci.model.WebUrl;

/**
 * How a vendor's API is called.
 *
 * @param headers of each request, besides those that prove who asks
 * @param scopes what a token must allow
 * @param operation what messages name in place of the path; empty for the path
 */
record Manner(Map<String, String> headers, List<Scope> scopes, ErrorCodes errors, String operation) {

    static final Manner PLAIN = new Manner(Map.of(), List.of(), ErrorCodes.NONE, "");

    Manner with(String header, String value) {
        Map<String, String> all = new HashMap<>(this.headers);
        all.put(header, value);
        return new Manner(Map.copyOf(all), this.scopes, this.errors, this.operation);
    }

    Manner granted(List<Scope> rights) {
        return new Manner(this.headers, rights, this.errors, this.operation);
    }

    Manner judgedBy(ErrorCodes codes) {
        return new Manner(this.headers, this.scopes, codes, this.operation);
    }

    Manner named(String name) {
        return new Manner(this.headers, this.scopes, this.errors, name);
    }

    Call call(String method, WebUrl url) {
        String doing = this.operation.isEmpty() ? "%s %s%s".formatted(method, url.authority(), url.shortPath())
                : "%s at %s".formatted(this.operation, url.authority());
        return Call.of(method, url, doing, this.scopes)
            .accepting(List.of("application/json"))
            .withHeaders(this.headers)
            .judgedBy(this.errors::failure);
    }

}
