package oci.model;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;

/**
 * A URL of http or https, read as leniently as browsers and Go read it. Path and query
 * are sent byte for byte as they came, since a signature may cover them; only what a
 * request line cannot carry (white space, control characters, anything beyond ASCII) is
 * percent-encoded.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; a name beyond ASCII in its {@code xn--} form, an IPv6
 * address in brackets
 * @param port from 1 to 65535, or -1 where it is not given
 * @param path empty, or from its first slash on
 * @param query with its question mark, or empty
 */
public record WebUrl(String scheme, String host, int port, String path, String query) {

    /** A DNS name has at most 253 characters, and a final dot. */
    private static final int LONGEST_HOST = 254;

    private static final int HIGHEST_PORT = 65_535;

    /** In characters, of a path in a message. */
    private static final int LONGEST_TOLD = 300;

    /**
     * Letters that stand for one name by the rules of 2003 and another by those of 2008.
     */
    private static final String AMBIGUOUS = "\u00df\u03c2\u200c\u200d";

    /**
     * Reads an absolute URL. A fragment is left out.
     * @throws Malformed where it is none that could be asked, saying why
     */
    public static WebUrl parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        String scheme = (colon < 0) ? "" : trimmed.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Malformed("is neither http nor https");
        }
        if (!trimmed.startsWith("//", colon + 1)) {
            throw new Malformed("names no host");
        }
        return afterSlashes(scheme, trimmed.substring(colon + 3));
    }

    /**
     * The same of a URL that Java has read.
     * @throws Malformed where it is none of http or https with a host and a port that
     * exist
     */
    public static WebUrl of(URI uri) {
        return parse(uri.toString());
    }

    private static WebUrl afterSlashes(String scheme, String text) {
        int end = firstOf(text, "/?#");
        String authority = text.substring(0, end);
        if (authority.indexOf('@') >= 0) {
            throw new Malformed("holds a user or password, which belong in a credential");
        }
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', Math.max(bracket, 0));
        String host = host((colon < 0) ? authority : authority.substring(0, colon));
        int port = (colon < 0) ? -1 : port(authority.substring(colon + 1));
        return new WebUrl(scheme, host, port, "", "").at(text.substring(end));
    }

    private static String host(String text) {
        if (text.isEmpty()) {
            throw new Malformed("names no host");
        }
        if (text.startsWith("[")) {
            if (!text.endsWith("]") || !only(text.substring(1, text.length() - 1), "0123456789abcdefABCDEF:.")) {
                throw new Malformed("has no IPv6 address in its brackets");
            }
            return text.toLowerCase(Locale.ROOT);
        }
        String ascii = ascii(text).toLowerCase(Locale.ROOT);
        if (ascii.length() > LONGEST_HOST || !only(ascii, "abcdefghijklmnopqrstuvwxyz0123456789-._~")) {
            throw new Malformed("has no host name in the place of one");
        }
        return ascii;
    }

    private static String ascii(String host) {
        if (host.chars().allMatch((each) -> each < 0x80)) {
            return host;
        }
        if (host.chars().anyMatch((each) -> AMBIGUOUS.indexOf(each) >= 0)) {
            throw new Malformed("has a host that stands for two names; write it in its xn-- form");
        }
        try {
            return IDN.toASCII(host);
        }
        catch (IllegalArgumentException _) {
            throw new Malformed("has a host that no name can be");
        }
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        int port = (text.length() <= 5 && only(text, "0123456789")) ? Integer.parseInt(text) : -1;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new Malformed("has the port %s; a port is a number from 1 to %d".formatted(OutsideText.line(text, 20),
                    HIGHEST_PORT));
        }
        return port;
    }

    /**
     * Resolves a reference, such as a {@code Location} header, against this URL (RFC
     * 3986, 5.2).
     * @throws Malformed where the result is no URL that can be requested
     */
    public WebUrl resolve(String reference) {
        String text = reference.strip();
        if (text.startsWith("//")) {
            return afterSlashes(this.scheme, text.substring(2));
        }
        int end = firstOf(text, "/?#");
        if (text.substring(0, end).indexOf(':') > 0) {
            return parse(text);
        }
        if (end > 0) {
            String folder = this.path.substring(0, this.path.lastIndexOf('/') + 1);
            int path = firstOf(text, "?#");
            String merged = (folder.isEmpty() ? "/" : folder) + text.substring(0, path);
            return at(withoutDots(merged) + text.substring(path));
        }
        return switch (text.isEmpty() ? '#' : text.charAt(0)) {
            case '/' -> at(text);
            case '?' -> at(this.path + text);
            default -> this;
        };
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            if (up) {
                kept.pollLast();
            }
            if (!up && !segments[i].equals(".")) {
                kept.addLast(segments[i]);
            }
            else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** The same place with another path and query; a fragment is left out. */
    public WebUrl at(String pathAndQuery) {
        int hash = pathAndQuery.indexOf('#');
        String text = (hash < 0) ? pathAndQuery : pathAndQuery.substring(0, hash);
        int mark = text.indexOf('?');
        return new WebUrl(this.scheme, this.host, this.port, encoded((mark < 0) ? text : text.substring(0, mark)),
                encoded((mark < 0) ? "" : text.substring(mark)));
    }

    /** The same with one more parameter, which is percent-encoded already. */
    public WebUrl and(String parameter) {
        String glue = this.query.isEmpty() ? "?" : this.query.equals("?") ? "" : "&";
        return new WebUrl(this.scheme, this.host, this.port, this.path, this.query + glue + parameter);
    }

    private static String encoded(String text) {
        if (text.chars().allMatch(WebUrl::isSendable)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (Iterator<Integer> each = text.codePoints().iterator(); each.hasNext();) {
            int c = each.next();
            if (isSendable(c)) {
                encoded.append((char) c);
            }
            else {
                for (byte one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append("%02X".formatted(one));
                }
            }
        }
        return encoded.toString();
    }

    private static boolean isSendable(int c) {
        return c > ' ' && c < 0x7f;
    }

    private static boolean only(String text, String allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (allowed.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int firstOf(String text, String characters) {
        int at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    public boolean secure() {
        return this.scheme.equals("https");
    }

    /** The port, also where it is not given. */
    public int actualPort() {
        return (this.port >= 0) ? this.port : secure() ? 443 : 80;
    }

    /** Host and port as they are given; what messages call it. */
    public String authority() {
        return (this.port >= 0) ? this.host + ":" + this.port : this.host;
    }

    /** The path as messages have it: an answer may lead to one of any length. */
    public String shortPath() {
        return OutsideText.line(this.path, LONGEST_TOLD);
    }

    /** What a request line says. */
    public String pathAndQuery() {
        return (this.path.isEmpty() ? "/" : this.path) + this.query;
    }

    /** The whole URL; its query may be a secret. */
    @Override
    public String toString() {
        return this.scheme + "://" + authority() + this.path + this.query;
    }

    /** The text is no URL that could be asked. */
    public static final class Malformed extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        /**
         * A text of which something is wrong.
         * @param how goes on after the words "the URL"
         */
        Malformed(String how) {
            super(how);
        }

    }

}
