package transfer.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import oci.model.HostRecords;
import oci.model.HostRecords.Trait;

/**
 * How hosts take uploads, by what they have shown: whole or in pieces, how large, and
 * whether they keep one whose request broke. One for all transfers.
 */
public final class UploadCapabilities {

    private static final long LEAST_PIECE = 256 * 1024;

    private static final int MOST_HOSTS = 10_000;

    private final HostRecords records;

    private final long piece;

    /** Where they are smaller. */
    private final Cache<String, Long> pieces = Caffeine.newBuilder()
        .maximumSize(MOST_HOSTS)
        .executor(Runnable::run)
        .build();

    /**
     * With what hosts have shown before.
     * @param piece how large one is at first, in bytes
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
     * It has refused an upload of so many bytes in one request.
     * @return whether there is another way to try
     */
    boolean refusedWhole(String host, long size, boolean tooLarge) {
        this.records.refused(host, tooLarge ? size : 1);
        boolean otherWay = takesPieces(host);
        if (!otherWay) {
            // It takes neither: the next blob finds out anew.
            this.records.forget(host, Trait.CHUNKED);
        }
        return otherWay;
    }

    /**
     * It has refused a piece of so many bytes as too large.
     * @param atLeast what it wants a piece to have, in bytes
     * @return whether it may take smaller ones
     */
    boolean refusedPiece(String host, long length, long atLeast) {
        long smaller = Math.max(LEAST_PIECE, length / 4);
        this.pieces.asMap().merge(host, smaller, Math::min);
        return Math.max(smaller, atLeast) < length;
    }

    /**
     * It takes no pieces.
     * @param size of the blob, in bytes
     * @return whether it may take it whole
     */
    boolean refusedPieces(String host, long size) {
        this.records.learn(host, Trait.CHUNKED, false);
        return size < this.records.smallestRefused(host).orElse(Long.MAX_VALUE);
    }

    /** It has taken a piece. */
    void tookPiece(String host) {
        this.records.learn(host, Trait.CHUNKED, true);
    }

    /** It has lost an upload of which it had taken a piece. */
    void lost(String host) {
        this.records.learn(host, Trait.RESUME, false);
    }

    /** It has kept one. */
    void kept(String host) {
        this.records.learn(host, Trait.RESUME, true);
    }

}
