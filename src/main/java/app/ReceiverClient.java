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
 * How receivers of notices are called: once, without cookies, never to another address
 * than theirs, and not for longer than a while, however slowly they answer.
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

    // A read's own limit begins anew with each byte. Of a connection that has been given
    // back nothing is discarded.
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
