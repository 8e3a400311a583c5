package oci.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

import javax.net.ssl.SSLException;

import oci.message.Call;
import oci.message.Culprit;
import oci.message.OversizeAnswer;
import oci.model.CarriedFailure;
import oci.model.OutsideText;
import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.net.SocksProxy;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Says in one line what went wrong below HTTP, and whether waiting may help. The order of
 * the checks matters because Java's exceptions are narrower by subclass.
 */
final class NetworkFault {

    private static final int MOST_WORDS = 200;

    private NetworkFault() {
    }

    static RegistryFailure of(Call call, IOException ex) {
        if (ex instanceof CarriedFailure fault) {
            return fault.failure();
        }
        if (ex instanceof Astray astray) {
            return of(astray);
        }
        Optional<Reason> lasting = lasting(call, ex);
        return lasting.isPresent() ? new RegistryFailure.Permanent(lasting.get(), ex)
                : new RegistryFailure.Transient(new Reason(passing(call, ex), hint(ex)), ex);
    }

    /**
     * The failure of a host that has spoken HTTP before: a garbled answer was cut off.
     */
    static RegistryFailure again(Call call, IOException ex) {
        return (ex instanceof ClientProtocolException)
                ? new RegistryFailure.Transient("%s: the answer of %s breaks off in its head, or is no HTTP"
                    .formatted(call.doing(), call.uri().authority()), ex)
                : of(call, ex);
    }

    /** A host that has never accepted an upload is more likely wrong than away. */
    private static RegistryFailure of(Astray astray) {
        RegistryFailure failure = of(astray.call(), astray.fault());
        boolean unreachable = astray.fault() instanceof ConnectException
                || astray.fault() instanceof UnknownHostException || astray.fault() instanceof NoRouteToHostException
                || astray.fault() instanceof ConnectTimeoutException;
        return (astray.unproven() && unreachable) ? new RegistryFailure.Permanent(failure.reason(), astray) : failure;
    }

    private static Optional<Reason> lasting(Call call, IOException ex) {
        if (ex instanceof SSLException tls) {
            return TlsFault.of(call, tls);
        }
        if (ex instanceof ClientProtocolException) {
            return Optional.of(new Reason(call.says(Culprit.HOST, "does not answer in HTTP"), otherScheme(call)));
        }
        return switch (ex) {
            case SocksProxy.Fault fault when fault.lasting() ->
                Optional.of(new Reason("%s: %s".formatted(call.doing(), fault.getMessage()),
                        "proxy_user and proxy_password are the login of a registry's proxy"));
            case OversizeAnswer _ -> Optional
                .of(new Reason(call.doing() + ": " + OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS)));
            case MessageConstraintException _ ->
                Optional.of(new Reason("%s: the answer's lines between its chunks are longer than %d KiB"
                    .formatted(call.doing(), AnswerHead.MOST / 1024)));
            default -> Optional.empty();
        };
    }

    private static String otherScheme(Call call) {
        return (call.hop() != null) ? ""
                : "did you mean %s://%s?".formatted(call.uri().secure() ? "http" : "https", call.uri().authority());
    }

    private static String passing(Call call, IOException ex) {
        if (ex instanceof SocksProxy.Fault) {
            return "%s: %s".formatted(call.doing(), ex.getMessage());
        }
        String proxy = proxy(call, ex);
        if (!proxy.isEmpty()) {
            return "%s: the proxy %s".formatted(call.doing(), proxy);
        }
        return (ex instanceof UnknownHostException) ? call.says(Culprit.NAME, "cannot be resolved")
                : call.says(Culprit.HOST, did(ex));
    }

    /** What the proxy did; empty where there was none. */
    private static String proxy(Call call, IOException ex) {
        if (ex instanceof HttpHostConnectException refused && refused.getHost() != null
                && !refused.getHost().getHostName().equalsIgnoreCase(call.uri().host())) {
            return refused.getHost().getHostName() + ":" + refused.getHost().getPort() + " " + did(ex);
        }
        if (ex instanceof UnknownHostException) {
            String text = String.valueOf(ex.getMessage());
            String name = text.substring(0, (text.indexOf(':') >= 0) ? text.indexOf(':') : text.length());
            return name.equalsIgnoreCase(call.uri().host()) ? "" : name + " cannot be resolved";
        }
        return "";
    }

    // The host accepted the connection but not the TLS greeting.
    private static boolean inGreeting(IOException ex) {
        return ex instanceof ConnectTimeoutException && String.valueOf(ex.getMessage()).contains("Read timed out");
    }

    private static String hint(IOException ex) {
        return inGreeting(ex) ? "it may speak plain http" : "";
    }

    private static String did(IOException ex) {
        return switch (ex) {
            case ConnectTimeoutException _ when inGreeting(ex) -> "does not finish the TLS handshake in time";
            case ConnectTimeoutException _ -> "does not answer (connect timed out)";
            case SocketTimeoutException _ -> "stalled, no byte in time";
            case ConnectException _ -> "refuses the connection";
            case NoRouteToHostException _ -> "cannot be reached, there is no route to it";
            case NoHttpResponseException _ -> "closed the connection without an answer";
            case ConnectionClosedException _ -> "closed the connection too early";
            default -> "broke the connection: " + OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS);
        };
    }

}
