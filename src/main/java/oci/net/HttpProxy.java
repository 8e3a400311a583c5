package oci.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import oci.model.Credential;
import oci.model.RegistryAccess;
import oci.model.Secret;
import oci.model.WebUrl;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;

/**
 * A proxy that speaks HTTP.
 *
 * @param scheme http or https
 * @param login empty where it asks for none
 */
public record HttpProxy(String scheme, String host, int port, Optional<Credential.Basic> login) {

    private static final Pattern ADDRESS = Pattern
        .compile("(?:([a-z0-9]+)://)?(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]]+)(?::(\\d{1,5}))?/?", Pattern.CASE_INSENSITIVE);

    /** The proxy of a registry; empty where that has none, or one by SOCKS. */
    public static Optional<HttpProxy> of(RegistryAccess access) {
        return Optional.ofNullable(access.proxyUrl())
            .filter((_) -> SocksProxy.of(access).isEmpty())
            .map(WebUrl::of)
            .map((url) -> new HttpProxy(url.scheme(), url.host(), url.actualPort(),
                    Optional.ofNullable(access.proxyLogin())));
    }

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

    /**
     * Has a client go through proxies.
     * @param proxies gives the proxy for a host; empty for none
     * @param all the proxies that it may give
     */
    static void route(HttpClientBuilder client, Function<HttpHost, Optional<HttpProxy>> proxies,
            Stream<HttpProxy> all) {
        BasicCredentialsProvider logins = new BasicCredentialsProvider();
        all.forEach((proxy) -> proxy.login
            .ifPresent((login) -> logins.setCredentials(new AuthScope(proxy.host, proxy.port),
                    new UsernamePasswordCredentials(login.accessKey(), login.accessSecret().reveal().toCharArray()))));
        client.setDefaultCredentialsProvider(logins);
        // A body can be sent but once, so that it cannot wait for the proxy to ask.
        client.addRequestInterceptorFirst((request, _, context) -> {
            RouteInfo route = HttpClientContext.cast(context).getHttpRoute();
            if (route.getProxyHost() != null && !route.isTunnelled()) {
                proxies.apply(route.getTargetHost())
                    .flatMap(HttpProxy::authorization)
                    .ifPresent((login) -> request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, login));
            }
        });
    }

    /** Has a client go through this one, whatever it asks. */
    public void route(HttpClientBuilder client) {
        client.setProxy(target());
        route(client, (_) -> Optional.of(this), Stream.of(this));
    }

    HttpHost target() {
        return new HttpHost(this.scheme, this.host, this.port);
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
