package oci.logins;

import java.util.Locale;
import java.util.Set;

/**
 * A registry as a file of logins or a credential helper names it: a host, or
 * {@code https://host}, {@code http://host/v1/}, {@code host/v2/}, {@code host:443}, or
 * with podman a path of a host. All spellings of one registry have the same key.
 *
 * @param key host and perhaps port and path, in lower case, without the ports of the
 * schemes
 */
record SavedServer(String key) {

    private static final String HUB = "docker.io";

    private static final Set<String> HUB_NAMES = Set.of("index.docker.io", "registry-1.docker.io",
            "registry.hub.docker.com");

    static SavedServer of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        boolean plain = name.startsWith("http://");
        boolean scheme = plain || name.startsWith("https://");
        String bare = scheme ? name.substring(name.indexOf("//") + 2) : name;
        String whole = bare;
        while (whole.endsWith("/")) {
            whole = whole.substring(0, whole.length() - 1);
        }
        // Without a scheme or a final slash it may be a namespace v2 of podman.
        String path = (scheme || !whole.equals(bare)) ? without("/v1", without("/v2", whole)) : whole;
        int slash = path.indexOf('/');
        String host = without(plain ? ":80" : ":443", (slash < 0) ? path : path.substring(0, slash));
        String behind = (slash < 0) ? "" : path.substring(slash);
        return new SavedServer((HUB_NAMES.contains(host) ? HUB : host) + behind);
    }

    private static String without(String end, String text) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    boolean hub() {
        return this.key.equals(HUB);
    }

    /** Whether both name the same registry. */
    boolean names(String text) {
        return of(text).equals(this);
    }

}
