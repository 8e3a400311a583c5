package oci.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The certificate by which a registry's host knows who connects (mutual TLS), with its
 * key.
 *
 * @param chain PEM: the certificate itself, then those that lead from it to an authority;
 * empty for the saved one
 * @param key PEM of its private key, as PKCS #8 without a passphrase; empty for the saved
 * one
 */
public record ClientCertificate(String chain, Secret key) {

    /** Stands for the saved one. */
    public static final ClientCertificate SAVED = new ClientCertificate("", new Secret(""));

    private static final String CHAIN = "client_certificate";

    private static final String KEY = "client_key";

    private static final int MOST_WORDS = 200;

    private static final byte[] PROBE = "whose key is it".getBytes(StandardCharsets.US_ASCII);

    /**
     * What is wrong with it, by the field's name in the API; empty if it can be used.
     */
    public Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        if (this.chain.isEmpty()) {
            faults.put(CHAIN, CHAIN + " is missing");
        }
        else {
            note(faults, CHAIN, this::certificates);
        }
        if (this.key.isEmpty()) {
            faults.put(KEY, KEY + " is missing");
        }
        else {
            note(faults, KEY, this::privateKey);
        }
        if (faults.isEmpty() && !belongs(privateKey(), own().getPublicKey())) {
            faults.put(KEY, "client_key is not the key of client_certificate, whose subject is " + subject());
        }
        return faults;
    }

    /** Why it cannot be used at this time; empty if it can. */
    public String untimely(Instant now) {
        if (now.isAfter(end())) {
            return "client_certificate has ended at %s".formatted(end());
        }
        Instant begin = own().getNotBefore().toInstant();
        return now.isBefore(begin) ? "client_certificate is not valid before %s".formatted(begin) : "";
    }

    private static void note(Map<String, String> faults, String field, Runnable reading) {
        try {
            reading.run();
        }
        catch (IllegalArgumentException ex) {
            faults.put(field, String.valueOf(ex.getMessage()));
        }
    }

    /**
     * The chain, the certificate itself first.
     * @throws IllegalArgumentException if it is no chain in PEM
     */
    public List<X509Certificate> certificates() {
        try {
            List<X509Certificate> read = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(this.chain.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
            if (!read.isEmpty()) {
                return read;
            }
        }
        catch (CertificateException _) {
            // Told below, without the parser's words: it may be the key.
        }
        throw new IllegalArgumentException("client_certificate is no certificate in PEM form");
    }

    /**
     * The key.
     * @throws IllegalArgumentException if it is none that can be read, without its text
     */
    public PrivateKey privateKey() {
        byte[] content = content(this.key.reveal());
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            }
            catch (GeneralSecurityException _) {
                // It is a key of another kind.
            }
        }
        throw new IllegalArgumentException("client_key is no key of RSA, EC or Ed25519");
    }

    private static byte[] content(String pem) {
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END PRIVATE KEY-----");
        if (from >= 0 && to > from) {
            try {
                return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
            }
            catch (IllegalArgumentException _) {
                throw new IllegalArgumentException("client_key is damaged: its PEM is no base64");
            }
        }
        throw new IllegalArgumentException(pem.contains("PRIVATE KEY-----")
                ? "client_key is not PKCS #8 without a passphrase; openssl pkey -in key.pem writes it so"
                : "client_key is no private key in PEM form");
    }

    private static boolean belongs(PrivateKey key, PublicKey own) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(own);
            signature.update(PROBE);
            return signature.verify(signed);
        }
        catch (GeneralSecurityException _) {
            return false;
        }
    }

    private X509Certificate own() {
        return certificates().getFirst();
    }

    /** Such as {@code CN=sync, O=Example}. */
    public String subject() {
        return OutsideText.line(own().getSubjectX500Principal().toString(), MOST_WORDS);
    }

    /** When it ends. */
    public Instant end() {
        return own().getNotAfter().toInstant();
    }

    /** This one and, where it has only one part, the other part of the saved one. */
    public ClientCertificate over(ClientCertificate saved) {
        return new ClientCertificate(this.chain.isEmpty() ? saved.chain : this.chain,
                this.key.isEmpty() ? saved.key : this.key);
    }

}
