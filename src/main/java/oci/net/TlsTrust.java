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
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import oci.model.ClientCertificate;
import oci.model.RegistryAccess;
import oci.model.WebUrl;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Whom a registry's connection believes, the system's authorities and its own, and as
 * whom it shows itself.
 */
public final class TlsTrust {

    private TlsTrust() {
    }

    /**
     * How a registry's hosts are spoken to by TLS.
     * @throws UnusableSetting if a certificate or key of it cannot be used
     */
    public static TlsSocketStrategy of(RegistryAccess access) {
        TrustManager[] trust = access.insecure() ? new TrustManager[] { new TrustAnyone() }
                : authorities(access.caCertificate());
        HostnameVerifier verifier = access.insecure() ? NoopHostnameVerifier.INSTANCE : new CertificateNames();
        TlsSocketStrategy anyone = strategy(null, trust, verifier);
        if (access.clientCertificate() == null) {
            return anyone;
        }
        TlsSocketStrategy known = strategy(keys(access.clientCertificate()), trust, verifier);
        WebUrl url = WebUrl.of(access.url());
        // A host that the registry redirects to is not to learn who is asking.
        return (socket, target, port, attachment,
                context) -> ((url.host().equalsIgnoreCase(target) && url.actualPort() == port) ? known : anyone)
                    .upgrade(socket, target, port, attachment, context);
    }

    private static TlsSocketStrategy strategy(KeyManager @Nullable [] keys, TrustManager[] trust,
            HostnameVerifier verifier) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
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

    private static KeyManager[] keys(ClientCertificate certificate) {
        certificate.faults().forEach((field, reason) -> {
            throw new UnusableSetting(field, reason);
        });
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("client", certificate.privateKey(), new char[0],
                    certificate.certificates().toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        }
        catch (GeneralSecurityException | IOException ex) {
            throw new UnusableSetting("client_certificate",
                    "client_certificate cannot be used: its chain is not in order, each certificate after the one that it has issued");
        }
    }

    private static TrustManager[] authorities(@Nullable String pem) {
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
