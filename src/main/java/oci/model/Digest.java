package oci.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A content digest (OCI image specification, descriptor.md, "Digests"). Drayage computes
 * sha256 and sha512, the algorithms the specification registers.
 */
public record Digest(String algorithm, String hex) {

    /** In characters, of what is none. */
    private static final int LONGEST_TOLD = 200;

    private static final Map<String, String> JAVA_NAMES = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

    private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha512", 128);

    public Digest {
        Integer length = HEX_LENGTHS.get(algorithm);
        if (length == null) {
            throw new IllegalArgumentException("digests by %s are not supported, only by sha256 and sha512: %s"
                .formatted(OutsideText.line(algorithm, LONGEST_TOLD), told(algorithm, hex)));
        }
        if (hex.length() != length || !isLowerHex(hex)) {
            throw new IllegalArgumentException("not a sha256 or sha512 digest: " + told(algorithm, hex));
        }
    }

    private static String told(String algorithm, String hex) {
        return OutsideText.line(algorithm + ":" + hex, LONGEST_TOLD);
    }

    private static boolean isLowerHex(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest: " + OutsideText.line(text, LONGEST_TOLD));
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Empty for what is no digest, or of an algorithm that Drayage does not compute. */
    public static Optional<Digest> read(String text) {
        try {
            return Optional.of(parse(text));
        }
        catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Whether a reference is a digest rather than a tag. */
    public static boolean isDigest(String reference) {
        return reference.indexOf(':') >= 0;
    }

    public static Digest sha256(byte[] content) {
        return of("sha256", content);
    }

    public static Digest sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Digest of(String algorithm, byte[] content) {
        return ofHash(algorithm, hash(algorithm).digest(content));
    }

    public static Digest ofHash(String algorithm, byte[] hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash));
    }

    /** A fresh hash of this digest's algorithm. */
    public MessageDigest newHash() {
        return hash(this.algorithm);
    }

    private static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(JAVA_NAMES.getOrDefault(algorithm, algorithm));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalArgumentException("no such digest algorithm: " + algorithm, ex);
        }
    }

    @Override
    public String toString() {
        return this.algorithm + ":" + this.hex;
    }

}
