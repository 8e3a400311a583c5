package store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import replication.registry.Secret;

/**
 * Encrypts secrets with AES-256-GCM. What it makes begins with a version byte, so that
 * the form can change, then the nonce of 96 bits, then the ciphertext with its tag.
 */
public final class SecretBox {

    /** The key's length in bytes. */
    public static final int KEY_BYTES = 32;

    private static final byte VERSION = 1;

    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;

    private static final byte[] CONTEXT = "drayage registry secret".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;

    private final SecureRandom random = new SecureRandom();

    public SecretBox(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key must have 32 bytes, but has " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    byte[] seal(Secret secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        this.random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce)
                .doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + nonce.length + sealed.length).put(VERSION).put(nonce).put(sealed).array();
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("cannot encrypt a secret", ex);
        }
    }

    Secret open(byte[] sealed) {
        if (sealed.length < 1 + NONCE_BYTES || sealed[0] != VERSION) {
            throw new IllegalStateException("a saved secret has a form that this version does not know");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        try {
            return new Secret(new String(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(text), StandardCharsets.UTF_8));
        }
        catch (GeneralSecurityException ex) {
            throw new IllegalStateException("a saved secret does not open with this key: is it the key "
                    + "(DRAYAGE_KEY, or the key file below DRAYAGE_HOME) that it was saved with?", ex);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(CONTEXT);
        return cipher;
    }

}
