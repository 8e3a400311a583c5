package app.request;

import java.util.Optional;

import api.UriText;

/**
 * The one way to write a path (RFC 3986, section 6.2.2). What is written in another way
 * is refused, so that a gate that judges the text of a path judges what is mapped.
 */
final class CanonicalPath {

    /** Of "pchar", without the semicolon, which cuts parameters off a segment. */
    private static final String PLAIN = "-._~!$&'()*+,=:@/";

    private static final int SPACE = 0x20;

    private static final int DELETE = 0x7f;

    private CanonicalPath() {
    }

    /** What is not canonical in a path as it came; empty where nothing is. */
    static Optional<String> fault(String raw) {
        if (!raw.startsWith("/")) {
            return Optional.of("it does not begin with /");
        }
        for (int at = 0; at < raw.length(); at++) {
            Optional<String> fault = (raw.charAt(at) == '%') ? encoded(raw, at) : plain(raw.charAt(at));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return segments(raw).or(() -> decodes(raw));
    }

    private static Optional<String> plain(char c) {
        return (isUnreserved(c) || PLAIN.indexOf(c) >= 0) ? Optional.empty()
                : Optional.of("it holds a character that stands for something else or has to be encoded");
    }

    private static Optional<String> encoded(String raw, int at) {
        int octet;
        try {
            octet = UriText.octet(raw, at);
        }
        catch (IllegalArgumentException ex) {
            return Optional.of(String.valueOf(ex.getMessage()));
        }
        if (octet < SPACE || octet == DELETE) {
            return Optional.of("it holds a control character");
        }
        if (octet == '/' || octet == '\\' || octet == '%' || octet == ';') {
            return Optional.of("it holds an encoded delimiter");
        }
        return isUnreserved((char) octet) ? Optional.of("it encodes a character that needs no encoding")
                : Optional.empty();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }

    private static Optional<String> segments(String raw) {
        for (int from = 1; from <= raw.length();) {
            int slash = raw.indexOf('/', from);
            int end = (slash >= 0) ? slash : raw.length();
            if (from == end && slash >= 0) {
                return Optional.of("it holds an empty segment");
            }
            if (end > from && raw.charAt(end - 1) == '.') {
                return Optional.of("a segment ends with a dot");
            }
            from = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<String> decodes(String raw) {
        try {
            UriText.decoded(raw);
            return Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.of(String.valueOf(ex.getMessage()));
        }
    }

}
