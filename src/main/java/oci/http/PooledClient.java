package oci.http;

import oci.limits.AdaptiveConcurrency;
import oci.limits.LimitSizes;
import oci.model.RegistryAccess;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.net.TlsTrust;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of one registry, with everything off that it would do behind our back:
 * its own retries wait silently on a 429, its redirects carry headers along.
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
            .disableContentCompression();
        if (access.proxyUrl() != null) {
            WebUrl proxy = WebUrl.of(access.proxyUrl());
            client.setProxy(new HttpHost(proxy.scheme(), proxy.host(), proxy.port()));
        }
        else {
            WebUrl url = WebUrl.of(access.url());
            settings.proxies().proxy(url.scheme(), url.host(), url.port());
            settings.proxies().route(client);
        }
        return new PooledClient(client.build(), pool);
    }

    /**
     * Whether no connection is open, after those that were idle for so long are closed.
     */
    boolean closeIdle(TimeValue idle) {
        this.pool.closeIdle(idle);
        PoolStats stats = this.pool.getTotalStats();
        return stats.getLeased() + stats.getAvailable() == 0;
    }

    private static PoolingHttpClientConnectionManager pool(RegistryAccess access, HttpSettings settings,
            LimitSizes sizes) {
        // The limits bound what is open at once; the pool only must not be narrower, also
        // where blobs come from another host and tokens from a third.
        int most = sizes.times(AdaptiveConcurrency.MOST).total();
        return PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(AnswerHead.connections())
            .setMaxConnPerRoute(2 * most)
            .setMaxConnTotal(4 * most)
            .setTlsSocketStrategy(TlsTrust.of(access))
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connect()))
                .setSocketTimeout(Timeout.of(settings.stall()))
                // A look takes a millisecond where the connection is good.
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                .setTimeToLive(TimeValue.ofMinutes(5))
                .build())
            .build();
    }

}
