package oci.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import oci.model.RegistryAccess;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/** Whom a registry's connection believes: the system's authorities and its own. */
public final class TlsTrust {

    private TlsTrust() {
    }

    public static TlsSocketStrategy of(RegistryAccess access) {
        return access.insecure() ? strategy(new TrustManager[] { new TrustAnyone() }, NoopHostnameVerifier.INSTANCE)
                : strategy(authorities(access.caCertificate()), new CertificateNames());
    }

    private static TlsSocketStrategy strategy(TrustManager[] trust, HostnameVerifier verifier) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            // The client's own check rather than JSSE's: it says which names the
            // certificate has.
            return ClientTlsStrategyBuilder.create()
                .setSslContext(context)
                .setHostnameVerifier(verifier)
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                .buildClassic();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("no TLS in this Java", ex);
        }
    }

    /**
     * Who vouches for a host: the system's authorities and one's own.
     * @param pem null for none of one's own
     */
    public static TrustManager[] authorities(@Nullable String pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            addSystem(store);
            if (pem != null && !pem.isBlank()) {
                add(store, pem);
            }
            return factory(store).getTrustManagers();
        }
        catch (GeneralSecurityException | IOException ex) {
            throw new IllegalStateException("cannot read the system's certificate authorities", ex);
        }
    }

    private static void addSystem(KeyStore store) throws GeneralSecurityException {
        for (TrustManager manager : factory(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate authority : x509.getAcceptedIssuers()) {
                    store.setCertificateEntry("system-" + store.size(), authority);
                }
            }
        }
    }

    private static void add(KeyStore store, String pem) throws GeneralSecurityException {
        try {
            for (Certificate authority : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("own-" + store.size(), authority);
            }
        }
        catch (CertificateException ex) {
            throw new UnusableSetting("ca_certificate", "ca_certificate is not PEM: " + ex.getMessage());
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

}
