package oci;

import java.net.URI;
import java.util.Locale;

/** Who answers at a URL: what credentials are bound to. */
record Origin(String scheme, String host, int port) {

    static Origin of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, String.valueOf(url.getHost()).toLowerCase(Locale.ROOT),
                (url.getPort() < 0) ? standard : url.getPort());
    }

    /**
     * Why a registry's answer must not lead from here to a URL; empty where it may: HTTP
     * only, with a host, without user-info, and never from https to http.
     */
    String objection(URI to) {
        Origin target = of(to);
        if (!target.scheme.equals("https") && !target.scheme.equals("http")) {
            return "is neither http nor https";
        }
        if (to.getHost() == null || to.getHost().isEmpty() || to.getRawUserInfo() != null) {
            return "names no plain host";
        }
        if (this.scheme.equals("https") && target.scheme.equals("http")) {
            return "would leave https for http; behind a proxy, the registry needs X-Forwarded-Proto";
        }
        return "";
    }

    @Override
    public String toString() {
        return this.scheme + "://" + this.host + ":" + this.port;
    }

}
