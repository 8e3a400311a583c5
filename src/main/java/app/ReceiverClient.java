package app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import oci.http.AnswerHead;
import oci.net.ProxyEnvironment;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;

/**
 * Configures how receivers of notices are called: once, without cookies, at no other
 * address than theirs, and within a time limit however slowly they answer.
 */
final class ReceiverClient implements HttpClientConfigurer {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final int MOST = 200;

    private static final int MOST_PER_RECEIVER = 20;

    private final Duration limit;

    private final ScheduledExecutorService timer;

    private final ProxyEnvironment proxies;

    ReceiverClient(Duration limit, ScheduledExecutorService timer, ProxyEnvironment proxies) {
        this.limit = limit;
        this.timer = timer;
        this.proxies = proxies;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        this.proxies.route(builder);
        builder.setConnectionManager(connections())
            .setConnectionManagerShared(false)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("Drayage")
            .addExecInterceptorFirst("limit", this::limited);
    }

    private PoolingHttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(AnswerHead.connections())
            .setMaxConnTotal(MOST)
            .setMaxConnPerRoute(MOST_PER_RECEIVER)
            .setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT))
                .setSocketTimeout(Timeout.of(this.limit))
                .build())
            .build();
    }

    // The limit of a read begins anew with each byte, so a timer limits the whole. A
    // connection that was given back is not closed by it.
    private ClassicHttpResponse limited(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ScheduledFuture<?> end = this.timer.schedule(scope.execRuntime::discardEndpoint, this.limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return chain.proceed(request, scope);
        }
        catch (IOException | HttpException | RuntimeException ex) {
            end.cancel(false);
            throw ex;
        }
    }

}
