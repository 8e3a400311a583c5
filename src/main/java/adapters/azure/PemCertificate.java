package adapters.azure;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

import oci.model.Secret;
import replication.Refusal;

/**
 * An application's certificate with its key.
 *
 * @param chain the certificate itself first
 */
record PemCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final String KEY = "-----BEGIN PRIVATE KEY-----";

    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private static final String CERTIFICATE_END = "-----END CERTIFICATE-----";

    /**
     * Reads both, in any order.
     * @throws Refusal.Invalid with the field, and nothing of the text
     */
    static PemCertificate of(Secret pem, String field) {
        String text = pem.reveal();
        int key = text.indexOf(KEY);
        int end = text.indexOf(KEY_END);
        int first = text.indexOf(CERTIFICATE);
        if (key < 0 || end < key || first < 0) {
            throw new Refusal.Invalid(field,
                    field + " is PEM with a PRIVATE KEY (PKCS #8 without a passphrase) and a CERTIFICATE");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(key + KEY.length(), end));
            PrivateKey read = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new PemCertificate(read,
                    certificates(text.substring(0, key) + text.substring(end + KEY_END.length())));
        }
        catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new Refusal.Invalid(field, field + " has a key that is no RSA key, or a certificate that is damaged");
        }
    }

    /** Only the certificates: text around them, such as openssl writes, is left out. */
    private static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        StringBuilder found = new StringBuilder();
        for (int at = text.indexOf(CERTIFICATE); at >= 0; at = text.indexOf(CERTIFICATE, at + 1)) {
            int end = text.indexOf(CERTIFICATE_END, at);
            found.append(text, at, (end < 0) ? text.length() : end + CERTIFICATE_END.length()).append('\n');
        }
        return CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(found.toString().getBytes(StandardCharsets.US_ASCII)))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "a certificate of " + this.chain.getFirst().getSubjectX500Principal();
    }

}
