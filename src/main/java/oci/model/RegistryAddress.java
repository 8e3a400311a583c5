package oci.model;

import java.net.IDN;
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

    public static RegistryAddress of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String authority = (url.getRawAuthority() != null) ? url.getRawAuthority() : "";
        String path = path((url.getPath() != null) ? url.getPath() : url.getSchemeSpecificPart());
        if (isHttp(scheme)) {
            return new RegistryAddress(server(authority.substring(authority.lastIndexOf('@') + 1), scheme), path);
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

    private static boolean isHttp(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static String server(String text, String scheme) {
        int colon = text.lastIndexOf(':');
        boolean given = colon > text.lastIndexOf(']');
        String port = given ? withoutZeros(text.substring(colon + 1)) : "";
        String usual = scheme.equals("http") ? "80" : "443";
        return host(given ? text.substring(0, colon) : text) + ":" + (port.isEmpty() ? usual : port);
    }

    private static String withoutZeros(String port) {
        int from = 0;
        while (from < port.length() - 1 && port.charAt(from) == '0') {
            from++;
        }
        return port.substring(from);
    }

    private static String host(String text) {
        try {
            if (text.startsWith("[")) {
                return "[" + InetAddress.ofLiteral(text).getHostAddress() + "]";
            }
            String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
            return IDN.toASCII(name).toLowerCase(Locale.ROOT);
        }
        catch (IllegalArgumentException _) {
            // No name that anybody answers to: it is the same as itself.
            return text.toLowerCase(Locale.ROOT);
        }
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
