package oci.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import oci.limits.ConcurrencyLimit;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.HashedEntity;
import oci.model.RegistryAccess;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one request on the wire, once. The only place that executes HTTP. */
public final class Wire implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private static final URI ROOT = URI.create("/");

    private final PooledClient pooled;

    private final HttpSettings settings;

    private final Turns turns;

    private final boolean fresh;

    /** A wire to a registry, whose host's rates it keeps. */
    public Wire(RegistryAccess access, HttpSettings settings, HostLimits limits) {
        this(PooledClient.of(access, settings, limits.sizes()), settings, turns(access, settings, limits), false);
    }

    /** A wire to hosts that publish no rates. */
    public Wire(RegistryAccess access, HttpSettings settings, LimitSizes sizes) {
        this(PooledClient.of(access, settings, sizes), settings, (_, _) -> {
        }, false);
    }

    private Wire(PooledClient pooled, HttpSettings settings, Turns turns, boolean fresh) {
        this.pooled = pooled;
        this.settings = settings;
        this.turns = turns;
        this.fresh = fresh;
    }

    private static Turns turns(RegistryAccess access, HttpSettings settings, HostLimits limits) {
        Origin origin = Endpoint.of(access).origin();
        ConcurrencyLimit limit = limits.of(access);
        return (call, stop) -> {
            if (Origin.of(call.uri()).equals(origin)) {
                limit.awaitTurn(call.kind(), call.uri().authority(), call.doing(), settings.patience(), stop);
            }
        };
    }

    /**
     * A wire that bypasses caches and closes idle connections first, so that each request
     * opens a new one.
     */
    Wire afresh() {
        return new Wire(this.pooled, this.settings, this.turns, true);
    }

    boolean isFresh() {
        return this.fresh;
    }

    /** Waits until a request may be sent by the rates of the registry's host. */
    void awaitTurn(Call call, StopSignal stop) {
        this.turns.await(call, stop);
    }

    /**
     * Sends a request when its turn is, and waits for the head of its answer.
     * @throws IOException as {@link #sendNow}
     */
    public Answer send(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        awaitTurn(call, stop);
        return sendNow(call, authorization, stop);
    }

    /**
     * Sends a request whose turn is, and waits for the head of its answer.
     * @throws IOException where no whole head of an answer came; cut from outside by the
     * signal, it is {@link StopSignal.Stopped}
     */
    Answer sendNow(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
        HttpUriRequestBase request = request(call, authorization);
        StopSignal.Registration registration = stop.onStop(request::cancel);
        try {
            WebUrl uri = call.uri();
            if (this.fresh) {
                this.pooled.closeIdle(TimeValue.ZERO_MILLISECONDS);
            }
            ClassicHttpResponse response = this.pooled.client()
                .executeOpen(new HttpHost(uri.scheme(), uri.host(), uri.port()), request, null);
            // Without the query: a signed URL is a secret.
            LOG.debug("{} {}{}: {}", call.method(), uri.authority(), uri.shortPath(), response.getCode());
            Answer answer = new Answer(request, response, call);
            answer.onClose(registration::close);
            return answer;
        }
        catch (IOException | RuntimeException ex) {
            registration.close();
            stop.check();
            throw ex;
        }
    }

    private HttpUriRequestBase request(Call call, @Nullable String authorization) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), ROOT);
        request.setScheme(call.uri().scheme());
        request.setAuthority(new URIAuthority(call.uri().host(), call.uri().port()));
        // The path is sent as it came, because Java's URI would refuse some signed URLs.
        request.setPath(call.uri().pathAndQuery());
        if (!call.accept().isEmpty()) {
            request.setHeader("Accept", String.join(", ", call.accept()));
        }
        // A compressed transfer has other lengths and ranges than the content.
        request.setHeader("Accept-Encoding", "identity");
        call.headers().forEach(request::setHeader);
        if (this.fresh) {
            request.setHeader("Cache-Control", "no-cache");
        }
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        switch (call.body()) {
            case Body.None _ -> {
            }
            case Body.Bytes(String type, byte[] content) ->
                request.setEntity(new ByteArrayEntity(content, type.isEmpty() ? null : ContentType.create(type)));
            case Body.Once(HashedEntity entity) -> {
                entity.onFault(request::cancel);
                request.setEntity(entity);
                request.setConfig(patient());
            }
            case Body.End _ -> {
                request.setEntity(new ByteArrayEntity(new byte[0], null));
                request.setConfig(patient());
            }
        }
        return request;
    }

    /** The registry may have to move a large blob before it answers. */
    private RequestConfig patient() {
        return RequestConfig.custom()
            .setResponseTimeout(Timeout.of(this.settings.commit()))
            .setProtocolUpgradeEnabled(false)
            .build();
    }

    boolean closeIdle(Duration idle) {
        return this.pooled.closeIdle(TimeValue.of(idle));
    }

    @Override
    public void close() {
        this.pooled.client().close(CloseMode.IMMEDIATE);
    }

    /** Has a request wait for its turn. */
    @FunctionalInterface
    private interface Turns {

        void await(Call call, StopSignal stop);

    }

}
