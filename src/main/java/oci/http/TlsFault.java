package oci.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import oci.message.Call;
import oci.message.Culprit;
import oci.model.OutsideText;
import oci.model.Reason;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a host's TLS where waiting does not help, and what helps. */
final class TlsFault {

    private static final int MOST_WORDS = 300;

    private static final String ALERT = "Received fatal alert: ";

    private TlsFault() {
    }

    /** The reason; empty where the fault may pass. */
    static Optional<Reason> of(Call call, SSLException ex) {
        String text = String.valueOf(ex.getMessage());
        if (text.contains("SSL message")) {
            String instead = (call.hop() != null) ? "" : "did you mean http://%s?".formatted(call.uri().authority());
            return Optional.of(new Reason(call.says(Culprit.HOST, "speaks plain http"), instead));
        }
        if (text.contains(ALERT)) {
            return alert(text.substring(text.indexOf(ALERT) + ALERT.length()))
                .map((did) -> new Reason(call.says(Culprit.HOST, did.text()), did.hint()));
        }
        return certificate(ex).map((did) -> new Reason(call.says(Culprit.CERTIFICATE, did.text()), did.hint()));
    }

    private static Optional<Reason> certificate(SSLException ex) {
        if (ex instanceof SSLPeerUnverifiedException) {
            return Optional.of(new Reason("is for another host: it names %s".formatted(words(ex)),
                    "use such a name, or set insecure"));
        }
        if (cause(ex, CertificateExpiredException.class) instanceof Exception expired) {
            return Optional.of(new Reason("has expired (%s)".formatted(words(expired)), "it has to be renewed there"));
        }
        if (cause(ex, CertificateNotYetValidException.class) instanceof Exception early) {
            return Optional
                .of(new Reason("is not valid yet (%s)".formatted(words(early)), "look at the clocks here and there"));
        }
        Throwable invalid = cause(ex, CertPathValidatorException.class);
        // An authority may have the name of a trusted one and another key.
        boolean forged = invalid instanceof CertPathValidatorException path
                && path.getReason() == CertPathValidatorException.BasicReason.INVALID_SIGNATURE;
        if (forged || cause(ex, CertPathBuilderException.class) != null) {
            return Optional.of(new Reason("is not trusted", "give its authority as ca_certificate, or set insecure"));
        }
        if (invalid != null) {
            return Optional.of(new Reason("is not accepted: " + words(invalid)));
        }
        return Optional.ofNullable(cause(ex, CertificateException.class))
            .map((other) -> new Reason("is not accepted: " + words(other)));
    }

    /** What the other side says (RFC 8446, 6.2), by Java's names. */
    private static Optional<Reason> alert(String name) {
        return switch (name.strip()) {
            case "certificate_required" ->
                Optional.of(new Reason("demands a client certificate, and the registry has none that it accepts",
                        "give it as client_certificate and client_key, or let Drayage in without one"));
            case "certificate_expired" -> Optional
                .of(new Reason("refuses the client certificate: it has ended", "give another as client_certificate"));
            case "bad_certificate", "handshake_failure", "certificate_unknown", "unknown_ca", "access_denied" ->
                Optional.of(new Reason("refuses the TLS handshake (%s)".formatted(name.strip()),
                        "most often it demands a client certificate (client_certificate) or another one, or offers only outdated ciphers"));
            case "protocol_version", "insufficient_security" ->
                Optional.of(new Reason("refuses the TLS handshake (%s): it speaks neither TLS 1.2 nor 1.3 as Java does"
                    .formatted(name.strip())));
            case "unrecognized_name" -> Optional
                .of(new Reason("refuses the TLS handshake (unrecognized_name): it serves no host of this name"));
            default -> Optional.empty();
        };
    }

    private static @Nullable Throwable cause(Throwable ex, Class<? extends Throwable> type) {
        for (Throwable each = ex; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return each;
            }
        }
        return null;
    }

    private static String words(Throwable ex) {
        return OutsideText.line(String.valueOf(ex.getMessage()), MOST_WORDS);
    }

}
