package oci.model;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The place that a registry's URL names, however it is written: {@code https://H},
 * {@code https://h./} and {@code https://h:443//} are one. Whatever is counted, locked or
 * remembered by place is keyed by this and never by a URL's text.
 * <p>
 * The scheme decides the port where none is given, and nothing else: one port answers one
 * protocol. {@code /v2} at the end is a path like any other, as requests go to
 * {@code /v2/v2/} there.
 * <p>
 * These texts stand in columns ({@code blob_lease}, {@code blob_location},
 * {@code upload_session}, {@code host_trait}). Of a URL in its usual form they are what
 * the version before wrote, so nodes of both agree while one replaces the other. Of any
 * other form the two miss each other's rows, which are hints only: a blob is sent twice,
 * an upload begun anew, a trait learned again. Who writes to which repository is stored
 * nowhere: each dispatch computes it from the registries' rows.
 *
 * @param server host and port, such as {@code h:443}; of a folder, its scheme
 * @param path without a slash at its end; empty, or from its first slash on, but where a
 * folder is relative
 */
public record RegistryAddress(String server, String path) {

    /** RFC 1928, 3. */
    public static final int SOCKS_PORT = 1080;

    public static RegistryAddress of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String path = path((url.getPath() != null) ? url.getPath() : url.getSchemeSpecificPart());
        if (scheme.equals("http") || scheme.equals("https")) {
            return new RegistryAddress(server(url), path);
        }
        if (scheme.equals("socks5") && url.getHost() != null) {
            return new RegistryAddress(host(url.getHost().toLowerCase(Locale.ROOT)) + ":"
                    + ((url.getPort() > 0) ? url.getPort() : SOCKS_PORT), "");
        }
        return new RegistryAddress(scheme + (path.startsWith("/") ? "://" : ":"), path);
    }

    /**
     * Whether two URLs name one server by one scheme, so that what one was trusted with
     * may go to the other.
     */
    public static boolean sameServer(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && of(one).server().equals(of(other).server());
    }

    private static String server(URI url) {
        try {
            WebUrl web = WebUrl.of(url);
            return host(web.host()) + ":" + web.actualPort();
        }
        catch (IllegalArgumentException _) {
            // Nobody answers there, so it is the same as itself alone.
            return String.valueOf(url.getRawAuthority()).toLowerCase(Locale.ROOT);
        }
    }

    private static String host(String text) {
        if (text.startsWith("[")) {
            return "[" + InetAddress.ofLiteral(text).getHostAddress() + "]";
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String path(String text) {
        List<String> segments = new ArrayList<>();
        for (String segment : text.split("/", -1)) {
            if (segment.equals("..") && !segments.isEmpty()) {
                segments.removeLast();
            }
            else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return ((text.startsWith("/") && !segments.isEmpty()) ? "/" : "") + String.join("/", segments);
    }

    /** As one text, the same on every node. */
    public String text() {
        return this.server + this.path;
    }

}
