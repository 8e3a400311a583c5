package replication.notice;

import java.util.Base64;

import oci.model.Secret;

/**
 * The secret that a receiver checks signatures with, as Standard Webhooks has it:
 * {@code whsec_} and 24 to 64 bytes in base64.
 */
public record SigningKey(Secret secret) {

    private static final String PREFIX = "whsec_";

    private static final int LEAST_BYTES = 24;

    private static final int MOST_BYTES = 64;

    public SigningKey {
        // A saved secret was checked before, and may be unreadable without its key.
        if (secret.sealed().isEmpty()) {
            requireLength(bytes(secret).length);
        }
    }

    private static void requireLength(int length) {
        if (length < LEAST_BYTES || length > MOST_BYTES) {
            throw new IllegalArgumentException("a secret has 24 to 64 bytes, but this one has " + length);
        }
    }

    /**
     * Reads a secret.
     * @param text with or without its prefix
     */
    public static SigningKey of(String text) {
        return new SigningKey(new Secret(text));
    }

    public byte[] bytes() {
        return bytes(this.secret);
    }

    private static byte[] bytes(Secret secret) {
        String text = secret.reveal();
        return Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
    }

}
