package oci;

import java.security.MessageDigest;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The hash of a blob that goes out in one piece or in several, which may overlap. */
final class BlobHash {

    private final Digest wanted;

    private final MessageDigest hash;

    /** So much of the blob has been hashed. */
    private long hashed;

    private boolean gap;

    private @Nullable Digest result;

    BlobHash(Digest wanted) {
        this.wanted = wanted;
        this.hash = wanted.newHash();
    }

    /** Takes bytes at a position of the blob; those that it has seen are passed over. */
    void update(byte[] buffer, int length, long position) {
        long seen = this.hashed - position;
        if (seen < 0) {
            this.gap = true;
        }
        else if (seen < length) {
            this.hash.update(buffer, (int) seen, length - (int) seen);
            this.hashed = position + length;
        }
    }

    /**
     * Of all that it has seen. Empty where another process sent the beginning: then the
     * registry alone compares.
     */
    Optional<Digest> result() {
        if (this.gap) {
            return Optional.empty();
        }
        if (this.result == null) {
            this.result = Digest.ofHash(this.wanted.algorithm(), this.hash.digest());
        }
        return Optional.of(this.result);
    }

}
