package oci.http;

import oci.limits.AdaptiveConcurrency;
import oci.limits.LimitSizes;
import oci.model.RegistryAccess;
import oci.model.WebUrl;
import oci.net.HttpProxy;
import oci.net.HttpSettings;
import oci.net.SocksProxy;
import oci.net.TlsTrust;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of one registry, without the features that act on their own: its
 * retries wait silently on a 429, its redirects carry headers along.
 */
record PooledClient(CloseableHttpClient client, PoolingHttpClientConnectionManager pool) {

    static PooledClient of(RegistryAccess access, HttpSettings settings, LimitSizes sizes) {
        PoolingHttpClientConnectionManager pool = pool(access, settings, sizes);
        HttpClientBuilder client = HttpClients.custom()
            .setConnectionManager(pool)
            .setDefaultRequestConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(settings.stall()))
                .setProtocolUpgradeEnabled(false)
                .build())
            .setUserAgent("drayage")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            // A client certificate would bind each connection to one request.
            .disableConnectionState()
            .disableContentCompression();
        if (access.proxyUrl() != null) {
            HttpProxy.of(access).ifPresent((proxy) -> proxy.route(client));
        }
        else {
            WebUrl url = WebUrl.of(access.url());
            settings.proxies().proxy(url.scheme(), url.host(), url.port());
            settings.proxies().route(client);
        }
        return new PooledClient(client.build(), pool);
    }

    /** Closes connections that were idle for so long; returns whether none is open. */
    boolean closeIdle(TimeValue idle) {
        this.pool.closeIdle(idle);
        PoolStats stats = this.pool.getTotalStats();
        return stats.getLeased() + stats.getAvailable() == 0;
    }

    private static PoolingHttpClientConnectionManager pool(RegistryAccess access, HttpSettings settings,
            LimitSizes sizes) {
        // The limits bound open requests; the pool must only not be narrower, also where
        // blobs come from a second host and tokens from a third.
        int most = sizes.times(AdaptiveConcurrency.MOST).total();
        return SocksProxy.of(access)
            .map(SocksProxy::connections)
            .orElseGet(PoolingHttpClientConnectionManagerBuilder::create)
            .setConnectionFactory(AnswerHead.connections())
            .setMaxConnPerRoute(2 * most)
            .setMaxConnTotal(4 * most)
            .setTlsSocketStrategy(TlsTrust.of(access))
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connect()))
                .setSocketTimeout(Timeout.of(settings.stall()))
                // The check takes a millisecond on a good connection.
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                .setTimeToLive(TimeValue.ofMinutes(5))
                .build())
            .build();
    }

}
