package oci.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import oci.limits.HostLimits;
import oci.message.Answer;
import oci.message.Body;
import oci.message.Call;
import oci.message.Rejected;
import oci.message.Rejection;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Rates;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.model.WebUrl;
import oci.net.HttpSettings;
import oci.net.ProxyEnvironment;

/**
 * Sends the requests of a vendor's library: with the proxy, the authorities and the
 * deadlines of a registry, again after what may pass, and only to places that are
 * allowed. Certificates are always checked, and redirects are not followed. What is asked
 * over plain http is a service of the machine itself, such as its metadata, and is
 * reached without a proxy. Safe for many threads.
 */
public final class SdkHttp implements KeptConnections {

    /** In bytes, of one answer. */
    private static final int MOST = 1024 * 1024;

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final StopSignal closing = new StopSignal();

    private final Predicate<WebUrl> allowed;

    private final Attempts attempts;

    private final Wire wire;

    private final Wire near;

    /**
     * Opens nothing yet.
     * @param allowed the places that may be asked; all others are refused
     */
    public SdkHttp(RegistryAccess access, Predicate<WebUrl> allowed, HttpSettings settings, HostLimits limits) {
        CredentialSource none = CredentialSource.of(new Credential.None());
        HttpSettings direct = settings.through(ProxyEnvironment.NONE);
        this.allowed = allowed;
        this.attempts = new Attempts(settings);
        this.wire = new Wire(new RegistryAccess(0, access.url(), "", none, false, access.caCertificate(), null,
                access.proxyUrl(), access.proxyLogin(), Rates.NONE), settings, limits.sizes());
        this.near = new Wire(new RegistryAccess(0, access.url(), "", none, false, null, null, 0), direct,
                limits.sizes());
    }

    /**
     * Sends a request.
     * @param body empty for none
     * @throws RegistryFailure where no answer comes, where the place is not allowed, and
     * where the last attempt is answered by what may pass: 429 or 500 and above
     */
    public Reply send(String method, String url, Map<String, String> headers, byte[] body) {
        WebUrl to = place(url);
        Call call = Call.of(method, to, "%s %s%s".formatted(method, to.authority(), to.shortPath()), List.of())
            .withHeaders(sendable(headers))
            .with((body.length > 0) ? new Body.Bytes("", body) : method.equals("POST") ? Body.EMPTY : Body.NONE);
        Wire by = to.secure() ? this.wire : this.near;
        return this.attempts.run(call, this.closing, () -> {
            try (Answer answer = by.send(call, null, this.closing)) {
                if (answer.status() == 429 || answer.status() >= 500) {
                    throw new Rejected(Rejection.of(call, answer));
                }
                Reply reply = new Reply(answer.status(), answer.headers(), answer.body(MOST));
                answer.finish();
                return reply;
            }
        });
    }

    private WebUrl place(String url) {
        WebUrl to;
        try {
            to = WebUrl.parse(url);
        }
        catch (WebUrl.Malformed ex) {
            throw new RegistryFailure.Permanent("log in: the URL of what issues tokens " + ex.getMessage(), ex);
        }
        if (!this.allowed.test(to)) {
            throw new RegistryFailure.Permanent(
                    "log in: %s is not asked for tokens, because it is no place of the vendor's"
                        .formatted(to.authority()));
        }
        return to;
    }

    /** How a transfer is compressed and framed is ours to say. */
    private static Map<String, String> sendable(Map<String, String> headers) {
        Map<String, String> sendable = new TreeMap<>(headers);
        sendable.keySet()
            .removeIf((name) -> List.of("accept-encoding", "connection", "content-length", "host")
                .contains(name.toLowerCase(Locale.ROOT)));
        return sendable;
    }

    @Override
    public boolean closeIdle() {
        boolean none = this.wire.closeIdle(IDLE);
        return this.near.closeIdle(IDLE) && none;
    }

    @Override
    public void close() {
        this.closing.stop();
        this.wire.close();
        this.near.close();
    }

    /** An answer, with its headers by their names. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Reply(int status, Map<String, List<String>> headers, byte[] body) {
    }

}
