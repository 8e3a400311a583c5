package adapters.azure;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

import oci.model.ClientCertificate;
import oci.model.Secret;
import replication.Refusal;

/**
 * An application's certificate with its key.
 *
 * @param chain the certificate itself first
 */
record PemCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private static final String CERTIFICATE_END = "-----END CERTIFICATE-----";

    /**
     * Reads both, in any order.
     * @throws Refusal.Invalid with the field, and nothing of the text
     */
    static PemCertificate of(Secret pem, String field) {
        ClientCertificate read = new ClientCertificate(certificates(pem.reveal()), pem);
        try {
            PrivateKey key = read.privateKey();
            if (key.getAlgorithm().equals("RSA")) {
                return new PemCertificate(key, read.certificates());
            }
        }
        catch (IllegalArgumentException _) {
            // Told below: its words name other fields.
        }
        throw new Refusal.Invalid(field,
                field + " is PEM with a PRIVATE KEY (RSA, PKCS #8 without a passphrase) and its CERTIFICATE");
    }

    /** Only the certificates: text around them, such as openssl writes, is left out. */
    private static String certificates(String text) {
        StringBuilder found = new StringBuilder();
        for (int at = text.indexOf(CERTIFICATE); at >= 0; at = text.indexOf(CERTIFICATE, at + 1)) {
            int end = text.indexOf(CERTIFICATE_END, at);
            found.append(text, at, (end < 0) ? text.length() : end + CERTIFICATE_END.length()).append('\n');
        }
        return found.toString();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "a certificate of " + this.chain.getFirst().getSubjectX500Principal();
    }

}
