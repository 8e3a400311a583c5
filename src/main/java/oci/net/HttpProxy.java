package oci.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import oci.model.Credential;
import oci.model.Secret;

/**
 * A proxy that speaks HTTP.
 *
 * @param scheme http or https
 * @param login empty where it asks for none
 */
public record HttpProxy(String scheme, String host, int port, Optional<Credential.Basic> login) {

    private static final Pattern ADDRESS = Pattern
        .compile("(?:([a-z0-9]+)://)?(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]]+)(?::(\\d{1,5}))?/?", Pattern.CASE_INSENSITIVE);

    /**
     * Reads {@code http://user:password@host:port}; the scheme, the login and the port
     * may be missing. A password may hold any character, also percent-encoded.
     * @throws IllegalArgumentException where it is none, without the text
     */
    static HttpProxy parse(String text) {
        int scheme = text.indexOf("://");
        int begin = (scheme < 0) ? 0 : scheme + 3;
        int at = text.lastIndexOf('@');
        Optional<Credential.Basic> login = (at < begin) ? Optional.empty() : login(text.substring(begin, at));
        Matcher address = ADDRESS.matcher((at < begin) ? text : text.substring(0, begin) + text.substring(at + 1));
        if (!address.matches()) {
            throw new IllegalArgumentException("is no address of a proxy; it is written http://host:port");
        }
        String kind = Optional.ofNullable(address.group(1)).orElse("http").toLowerCase(Locale.ROOT);
        if (!kind.equals("http") && !kind.equals("https")) {
            throw new IllegalArgumentException(
                    "names a proxy that speaks %s; only those that speak http or https are supported".formatted(kind));
        }
        int port = (address.group(3) != null) ? Integer.parseInt(address.group(3)) : kind.equals("http") ? 80 : 443;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("names a port that does not exist");
        }
        return new HttpProxy(kind, address.group(2), port, login);
    }

    private static Optional<Credential.Basic> login(String text) {
        int colon = text.indexOf(':');
        String user = (colon < 0) ? text : text.substring(0, colon);
        String password = (colon < 0) ? "" : text.substring(colon + 1);
        return Optional.of(new Credential.Basic(decoded(user), new Secret(decoded(password))));
    }

    /** What is no whole escape stays as it is. */
    private static String decoded(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
        for (int i = 0; i < raw.length; i++) {
            boolean escape = raw[i] == '%' && i + 2 < raw.length && Character.digit(raw[i + 1], 16) >= 0
                    && Character.digit(raw[i + 2], 16) >= 0;
            decoded.write(escape ? 16 * Character.digit(raw[i + 1], 16) + Character.digit(raw[i + 2], 16) : raw[i]);
            i += escape ? 2 : 0;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** What is sent to it as {@code Proxy-Authorization}. */
    public Optional<String> authorization() {
        return this.login.map((basic) -> "Basic " + Base64.getEncoder()
            .encodeToString(
                    (basic.accessKey() + ":" + basic.accessSecret().reveal()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the login, for messages. */
    @Override
    public String toString() {
        return this.scheme + "://" + this.host + ":" + this.port;
    }

}
