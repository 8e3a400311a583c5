package oci.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Digests of text, and those that others wrote. */
public final class Digests {

    private Digests() {
    }

    public static Digest of(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for what is no digest, or of an algorithm that Drayage does not compute. */
    public static Optional<Digest> read(String text) {
        try {
            return Optional.of(Digest.parse(text));
        }
        catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

}
