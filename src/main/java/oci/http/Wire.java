package oci.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

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

    private final boolean fresh;

    public Wire(RegistryAccess access, HttpSettings settings, LimitSizes sizes) {
        this(PooledClient.of(access, settings, sizes), settings, false);
    }

    private Wire(PooledClient pooled, HttpSettings settings, boolean fresh) {
        this.pooled = pooled;
        this.settings = settings;
        this.fresh = fresh;
    }

    /**
     * A wire that bypasses caches and closes idle connections first, so that each request
     * opens a new one.
     */
    Wire afresh() {
        return new Wire(this.pooled, this.settings, true);
    }

    boolean isFresh() {
        return this.fresh;
    }

    /**
     * Sends a request and waits for the head of its answer.
     * @throws IOException where no whole head of an answer came; cut from outside by the
     * signal, it is {@link StopSignal.Stopped}
     */
    public Answer send(Call call, @Nullable String authorization, StopSignal stop) throws IOException {
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

}
