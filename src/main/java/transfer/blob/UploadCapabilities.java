package transfer.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.HostRecords;
import oci.model.HostRecords.Trait;

/**
 * How hosts take uploads, by what they have shown: whole or in pieces, of which size, and
 * whether they keep an upload whose request broke. There is one for all transfers.
 */
public final class UploadCapabilities {

    private static final long LEAST_PIECE = 256 * 1024;

    private static final int MOST_HOSTS = 10_000;

    private final HostRecords records;

    private final long piece;

    /** The size of a piece, for hosts that want smaller ones; in bytes. */
    private final Cache<String, Long> pieces = Caffeine.newBuilder()
        .maximumSize(MOST_HOSTS)
        .executor(Runnable::run)
        .build();

    /**
     * Starts with what hosts have shown before.
     * @param piece the size of a piece at first, in bytes
     */
    public UploadCapabilities(HostRecords records, long piece) {
        this.records = records;
        this.piece = piece;
    }

    /**
     * Whether a blob is to be sent in pieces.
     * @param preferred whether that is worth it, as an upload of it has broken before
     */
    boolean inPieces(String host, long size, boolean preferred) {
        if (!takesPieces(host) || size <= 0) {
            return false;
        }
        return size >= this.records.smallestRefused(host).orElse(Long.MAX_VALUE)
                || (preferred && this.records.shown(host, Trait.RESUME).orElse(true));
    }

    private boolean takesPieces(String host) {
        return this.records.shown(host, Trait.CHUNKED).orElse(true);
    }

    /** How large a piece is, in bytes. */
    long piece(String host) {
        return this.pieces.asMap().getOrDefault(host, this.piece);
    }

    /**
     * Records that a host refused an upload of so many bytes in one request.
     * @return whether there is another way to try
     */
    boolean refusedWhole(String host, long size, boolean tooLarge) {
        this.records.refused(host, tooLarge ? size : 1);
        boolean otherWay = takesPieces(host);
        if (!otherWay) {
            // The host takes neither; the next blob tries again.
            this.records.forget(host, Trait.CHUNKED);
        }
        return otherWay;
    }

    /**
     * Records that a host refused a piece of so many bytes as too large.
     * @param atLeast the least that the host wants in a piece, in bytes
     * @return whether it may take smaller ones
     */
    boolean refusedPiece(String host, long length, long atLeast) {
        long smaller = Math.max(LEAST_PIECE, length / 4);
        this.pieces.asMap().merge(host, smaller, Math::min);
        return Math.max(smaller, atLeast) < length;
    }

    /**
     * Records that a host takes no pieces.
     * @param size of the blob, in bytes
     * @return whether it may take the blob whole
     */
    boolean refusedPieces(String host, long size) {
        this.records.learn(host, Trait.CHUNKED, false);
        return size < this.records.smallestRefused(host).orElse(Long.MAX_VALUE);
    }

    /** Records that a host took a piece. */
    void tookPiece(String host) {
        this.records.learn(host, Trait.CHUNKED, true);
    }

    /** Records that a host lost an upload of which it had taken a piece. */
    void lost(String host) {
        this.records.learn(host, Trait.RESUME, false);
    }

    /** Records that a host kept an upload that broke. */
    void kept(String host) {
        this.records.learn(host, Trait.RESUME, true);
    }

}
