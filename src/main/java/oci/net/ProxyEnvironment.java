package oci.net;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that a machine's environment names: {@code HTTPS_PROXY} and
 * {@code HTTP_PROXY} by the scheme of what is asked, {@code ALL_PROXY} for both, not for
 * what {@code NO_PROXY} names. A name in lower case counts first, as with curl.
 */
public final class ProxyEnvironment {

    /** Without any proxy. */
    public static final ProxyEnvironment NONE = new ProxyEnvironment(Map.of());

    private final Map<String, String> variables;

    private final NoProxy direct;

    private ProxyEnvironment(Map<String, String> variables) {
        this.variables = variables;
        this.direct = NoProxy.parse(value("NO_PROXY"));
    }

    public static ProxyEnvironment of(Map<String, String> variables) {
        return new ProxyEnvironment(variables);
    }

    /**
     * The proxy for a host; empty where it is spoken to directly.
     * @param port as it was given, or negative for the scheme's
     * @throws UnusableSetting where the variable for it names no proxy that can be used
     */
    public Optional<HttpProxy> proxy(String scheme, String host, int port) {
        int actual = (port >= 0) ? port : scheme.equalsIgnoreCase("https") ? 443 : 80;
        return variable(scheme).filter((_) -> !this.direct.holds(host, actual)).map(this::read);
    }

    private Optional<String> variable(String scheme) {
        return Stream.of(scheme.toUpperCase(Locale.ROOT) + "_PROXY", "ALL_PROXY")
            .filter((name) -> !value(name).isEmpty())
            .findFirst();
    }

    private HttpProxy read(String name) {
        try {
            return HttpProxy.parse(value(name));
        }
        catch (IllegalArgumentException ex) {
            throw new UnusableSetting("proxy_url", "the variable %s %s".formatted(name, ex.getMessage()));
        }
    }

    private String value(String name) {
        String value = this.variables.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
        return value.isEmpty() ? this.variables.getOrDefault(name, "").strip() : value;
    }

    /** Has a client go through them, each host through its own. */
    public void route(HttpClientBuilder client) {
        client.setRoutePlanner(new DefaultRoutePlanner(null) {

            @Override
            protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
                try {
                    return proxy(target).map(HttpProxy::target).orElse(null);
                }
                catch (UnusableSetting ex) {
                    throw new HttpException(ex.getMessage(), ex);
                }
            }
        });
        HttpProxy.route(client, this::proxy, Stream.of("http", "https").flatMap(this::usable));
    }

    private Optional<HttpProxy> proxy(HttpHost target) {
        return proxy(target.getSchemeName(), target.getHostName(), target.getPort());
    }

    private Stream<HttpProxy> usable(String scheme) {
        try {
            return variable(scheme).map(this::read).stream();
        }
        catch (UnusableSetting _) {
            // Told when a host would be reached through it.
            return Stream.empty();
        }
    }

}
