package notify;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import oci.model.OutsideText;

/**
 * Explains why a notice has not arrived. The text has neither an answer's body nor a URL,
 * because both may hold a secret.
 */
public final class ReceiverAnswer {

    private static final int LONGEST = 200;

    /** The reason for a status; empty for any 2xx. */
    public String answered(int status) {
        if (status >= 200 && status < 300) {
            return "";
        }
        return "the receiver answered " + status
                + ((status >= 300 && status < 400) ? ", and redirects are not followed" : "");
    }

    /** The reason why a notice could not be sent. */
    public String failed(Exception failure) {
        return switch (failure) {
            case UnknownHostException _ -> "its host is unknown";
            case ConnectException _ -> "it refuses connections";
            case SocketTimeoutException _ -> "no answer in time";
            case NoRouteToHostException _ -> "there is no route to its host";
            case SSLException tls -> "TLS: " + tls.getMessage();
            default -> isMail(failure) ? "mail: " + failure.getMessage() : "the connection broke or took too long";
        };
    }

    /** The reason why an operator's own route has not taken a notice. */
    public String routeFailed(Exception failure) {
        return "the operator's route failed: " + OutsideText.line(String.valueOf(failure.getMessage()), LONGEST);
    }

    private static boolean isMail(Throwable failure) {
        return failure.getClass().getPackageName().startsWith("jakarta.mail")
                || failure.getClass().getPackageName().startsWith("org.eclipse.angus.mail");
    }

}
