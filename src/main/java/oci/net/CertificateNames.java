package oci.net;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import oci.model.OutsideText;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HttpClientHostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Compares a host with the names of its certificate, and says which it has where they
 * differ: the client's own words leave out DNS names for a host that is an address.
 */
final class CertificateNames implements HttpClientHostnameVerifier {

    private static final int MOST_NAMES = 5;

    private static final int MOST_WORDS = 200;

    /** DNS names and addresses (RFC 5280, 4.2.1.6). */
    private static final Set<Integer> KINDS = Set.of(2, 7);

    private final DefaultHostnameVerifier verifier = new DefaultHostnameVerifier();

    @Override
    public boolean verify(String host, SSLSession session) {
        return this.verifier.verify(host, session);
    }

    @Override
    public void verify(String host, X509Certificate certificate) throws SSLException {
        try {
            this.verifier.verify(host, certificate);
        }
        catch (SSLPeerUnverifiedException ex) {
            SSLPeerUnverifiedException named = new SSLPeerUnverifiedException(names(certificate));
            named.initCause(ex);
            throw named;
        }
    }

    private static String names(X509Certificate certificate) throws SSLPeerUnverifiedException {
        @Nullable Collection<List<?>> all;
        try {
            all = certificate.getSubjectAlternativeNames();
        }
        catch (CertificateParsingException ex) {
            throw new SSLPeerUnverifiedException(String.valueOf(ex.getMessage()));
        }
        String names = (all == null) ? ""
                : all.stream()
                    .filter((name) -> name.size() >= 2 && name.get(0) instanceof Integer kind && KINDS.contains(kind))
                    .map((name) -> String.valueOf(name.get(1)))
                    .limit(MOST_NAMES)
                    .collect(Collectors.joining(", "));
        return OutsideText.line(names.isEmpty() ? certificate.getSubjectX500Principal().getName() : names, MOST_WORDS);
    }

}
