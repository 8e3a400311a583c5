package oci.http;

import oci.model.WebUrl;

/** The scheme, host and port that credentials are bound to. */
public record Origin(String scheme, String host, int port) {

    public static Origin of(WebUrl url) {
        return new Origin(url.scheme(), url.host(), url.actualPort());
    }

    /**
     * Why an answer from here must not lead to a URL; empty where it may. It never leads
     * from https to http.
     */
    public String objection(WebUrl to) {
        return (this.scheme.equals("https") && !to.secure())
                ? "would leave https for http; behind a proxy, the registry needs X-Forwarded-Proto" : "";
    }

    @Override
    public String toString() {
        return this.scheme + "://" + this.host + ":" + this.port;
    }

}
