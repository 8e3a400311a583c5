package oci;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import replication.registry.RegistryFailure;

/**
 * Says in one line what went wrong below HTTP, and whether waiting may help. The order of
 * the questions matters: Java's exceptions are narrower by subclass.
 */
final class NetworkFault {

    private NetworkFault() {
    }

    static RegistryFailure of(Call call, IOException ex) {
        if (ex instanceof CarriedFailure fault) {
            return fault.failure();
        }
        String lasting = lasting(call.uri(), ex);
        if (lasting != null) {
            return new RegistryFailure.Permanent(call.doing() + ": " + lasting, ex);
        }
        return new RegistryFailure.Transient(call.doing() + ": " + passing(call.uri(), ex), ex);
    }

    /** The same of a host that has spoken HTTP before: what is none now was cut. */
    static RegistryFailure again(Call call, IOException ex) {
        return (ex instanceof ClientProtocolException)
                ? new RegistryFailure.Transient("%s: the answer of %s breaks off in its head, or is no HTTP"
                    .formatted(call.doing(), call.uri().getRawAuthority()), ex)
                : of(call, ex);
    }

    private static @Nullable String lasting(URI uri, IOException ex) {
        String host = uri.getRawAuthority();
        if (ex instanceof SSLPeerUnverifiedException) {
            return "the certificate of %s is for another host: %s".formatted(host, ex.getMessage());
        }
        if (caused(ex, CertificateExpiredException.class)) {
            return "the certificate of %s has expired".formatted(host);
        }
        if (caused(ex, CertPathBuilderException.class) || caused(ex, CertificateException.class)) {
            return "the certificate of %s is not trusted; give its authority as ca_certificate, or set insecure"
                .formatted(host);
        }
        if (ex instanceof SSLException && String.valueOf(ex.getMessage()).contains("SSL message")) {
            return "%s speaks plain http; did you mean http://%s?".formatted(host, host);
        }
        if (ex instanceof ClientProtocolException) {
            return "%s does not answer in HTTP; did you mean %s://%s?".formatted(host,
                    "http".equals(uri.getScheme()) ? "https" : "http", host);
        }
        return switch (ex) {
            case OversizeAnswer _ -> ex.getMessage();
            case MessageConstraintException _ ->
                "the answer's lines between its chunks are longer than %d KiB".formatted(AnswerHead.MOST / 1024);
            default -> null;
        };
    }

    private static String passing(URI uri, IOException ex) {
        String host = uri.getRawAuthority();
        return switch (ex) {
            case UnknownHostException _ -> "the name %s cannot be resolved".formatted(uri.getHost());
            case ConnectTimeoutException _ -> "%s does not answer (connect timed out)".formatted(host);
            case SocketTimeoutException _ -> "%s stalled, no byte in time".formatted(host);
            case ConnectException _ -> "%s refuses the connection".formatted(host);
            case NoRouteToHostException _ -> "there is no route to %s".formatted(host);
            case NoHttpResponseException _ -> "%s closed the connection without an answer".formatted(host);
            case ConnectionClosedException _ -> "%s closed the connection too early".formatted(host);
            default -> "the connection to %s broke: %s".formatted(host, ex.getMessage());
        };
    }

    private static boolean caused(Throwable ex, Class<? extends Throwable> type) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

}
