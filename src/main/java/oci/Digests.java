package oci;

import java.util.Optional;

/** Reads digests that others wrote. */
final class Digests {

    private Digests() {
    }

    /** Empty for what is no digest, or of an algorithm that Drayage does not compute. */
    static Optional<Digest> read(String text) {
        try {
            return Optional.of(Digest.parse(text));
        }
        catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

}
