package store.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import oci.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets with AES-256-GCM under a random nonce of 96 bits. A secret is sealed to
 * its owner, so that it cannot be moved to another row. The version in front leaves room
 * for another key or cipher.
 */
public final class SecretBox {

    static final int KEY_BYTES = 32;

    private static final String VERSION = "v1:";

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();

    private final SecretKeySpec key;

    /**
     * Creates the box.
     * @param key 256 bits
     */
    public SecretBox(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key must have 32 bytes, but has " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** A print of the key: the same for the same key, and no help in guessing it. */
    public String print() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(this.key);
            return HexFormat.of().formatHex(mac.doFinal("print of the key".getBytes(StandardCharsets.UTF_8)), 0, 8);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("print the key: " + ex.getMessage(), ex);
        }
    }

    public String seal(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] whole = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            return VERSION + Base64.getEncoder().encodeToString(whole);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("seal the secret of " + owner + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * A secret that is opened when it is used.
     * @param sealed null in a damaged row
     */
    public Secret sealed(@Nullable String sealed, String owner) {
        String text = (sealed != null) ? sealed : "";
        return Secret.sealed(text, () -> open(text, owner));
    }

    public String open(String sealed, String owner) {
        if (sealed.isEmpty()) {
            throw new IllegalStateException("the secret of " + owner + " is missing in the database: enter it again");
        }
        if (!sealed.startsWith(VERSION)) {
            throw new IllegalStateException(
                    "the secret of " + owner + " was sealed by a newer Drayage: this one reads version 1 only");
        }
        byte[] whole = whole(sealed.substring(VERSION.length()), owner);
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(whole, NONCE_BYTES,
                    whole.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        }
        catch (AEADBadTagException ex) {
            throw new IllegalStateException(
                    "the secret of " + owner + " was sealed with another key than this node's:"
                            + " give it the key of the node that saved it (DRAYAGE_KEY), or enter the secret again",
                    ex);
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("open the secret of " + owner + ": " + ex.getMessage(), ex);
        }
    }

    // The cause is left out, because its message repeats the text.
    private static byte[] whole(String text, String owner) {
        try {
            byte[] whole = Base64.getDecoder().decode(text);
            if (whole.length >= NONCE_BYTES + TAG_BITS / 8) {
                return whole;
            }
        }
        catch (IllegalArgumentException _) {
            // Reported below.
        }
        throw new IllegalStateException("the secret of " + owner + " is damaged in the database: enter it again");
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

}
