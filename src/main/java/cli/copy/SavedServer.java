package cli.copy;

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

    private static final Set<String> HUB_NAMES = Set.of("index.docker.io", "registry-1.docker.io",
            "registry.hub.docker.com");

    static SavedServer of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        boolean plain = name.startsWith("http://");
        boolean scheme = plain || name.startsWith("https://");
        String bare = scheme ? name.substring(name.indexOf("//") + 2) : name;
        String whole = bare.replaceFirst("/+$", "");
        // Without a scheme or a final slash it may be a namespace v2 of podman.
        String path = (scheme || !whole.equals(bare)) ? whole.replaceFirst("/v[12]$", "") : whole;
        int slash = path.indexOf('/');
        String host = ((slash < 0) ? path : path.substring(0, slash)).replaceFirst(plain ? ":80$" : ":443$", "");
        String behind = (slash < 0) ? "" : path.substring(slash);
        return new SavedServer((HUB_NAMES.contains(host) ? Place.Remote.DOCKER_HUB : host) + behind);
    }

    /** Whether both name the same registry. */
    boolean names(String text) {
        return of(text).equals(this);
    }

}
