package oci.message;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

import oci.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a blob that is sent in one piece or several. The hash can go back to an earlier
 * position, so that bytes that are sent again are hashed once.
 */
public final class BlobHash {

    /** In bytes: the least distance between two positions to go back to. */
    private static final long STEP = 1024 * 1024;

    /** A registry usually keeps all but the last bytes it was sent. */
    private static final int PLACES = 64;

    private final Digest wanted;

    private final TreeMap<Long, MessageDigest> places = new TreeMap<>();

    private MessageDigest hash;

    /** How many bytes have been hashed. */
    private long hashed;

    private boolean gap;

    private @Nullable Digest result;

    public BlobHash(Digest wanted) {
        this.wanted = wanted;
        this.hash = wanted.newHash();
        this.places.put(0L, copy(this.hash));
    }

    /** For a blob whose beginning another process has sent. */
    public static BlobHash withoutBeginning(Digest wanted) {
        BlobHash hash = new BlobHash(wanted);
        hash.gap = true;
        return hash;
    }

    /** Takes the next bytes of the blob. */
    public void update(byte[] buffer, int length) {
        this.hash.update(buffer, 0, length);
        this.hashed += length;
        if (this.hashed - this.places.lastKey() >= STEP) {
            this.places.put(this.hashed, copy(this.hash));
            if (this.places.size() > PLACES) {
                this.places.pollFirstEntry();
            }
        }
    }

    public long hashed() {
        return this.hashed;
    }

    /**
     * Goes back so that the blob can be sent from a position.
     * @return where its bytes must be read from, at or before that position; empty where
     * the hash cannot go back so far
     */
    public OptionalLong goBack(long position) {
        if (this.gap) {
            this.hashed = position;
            return OptionalLong.of(position);
        }
        if (position >= this.hashed) {
            return (position == this.hashed) ? OptionalLong.of(position) : OptionalLong.empty();
        }
        var place = this.places.floorEntry(position);
        if (place == null) {
            return OptionalLong.empty();
        }
        this.hash = copy(place.getValue());
        this.hashed = place.getKey();
        this.places.tailMap(this.hashed, false).clear();
        this.result = null;
        return OptionalLong.of(this.hashed);
    }

    /**
     * The digest of all bytes. Empty where another process sent the beginning: then only
     * the registry compares.
     */
    Optional<Digest> result() {
        if (this.gap) {
            return Optional.empty();
        }
        if (this.result == null) {
            this.result = Digest.ofHash(this.wanted.algorithm(), copy(this.hash).digest());
        }
        return Optional.of(this.result);
    }

    private static MessageDigest copy(MessageDigest hash) {
        try {
            return (MessageDigest) hash.clone();
        }
        catch (CloneNotSupportedException ex) {
            throw new IllegalStateException("the JDK's hashes can be copied", ex);
        }
    }

}
