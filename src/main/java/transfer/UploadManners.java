package transfer;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * How registries take uploads, as far as they have shown it: whole or in pieces, how
 * large, and whether they keep one whose request broke. One for all transfers.
 */
final class UploadManners {

    /** In bytes; a piece that is lost is sent again. */
    static final long PIECE = 32L * 1024 * 1024;

    private static final long LEAST_PIECE = 256 * 1024;

    private final ConcurrentMap<RegistryKey, Manner> manners = new ConcurrentHashMap<>();

    /**
     * Whether a blob is to be sent in pieces.
     * @param preferred whether that is worth it, as an upload of it has broken before
     */
    boolean inPieces(RegistryKey registry, long size, boolean preferred) {
        Manner manner = of(registry);
        if (manner.wholeOnly || size <= 0) {
            return false;
        }
        return size > manner.largest || (preferred && !manner.forgetful);
    }

    /** How large a piece is, in bytes. */
    long piece(RegistryKey registry) {
        return of(registry).piece;
    }

    /**
     * It has refused an upload of so many bytes in one request.
     * @return whether there is another way to try
     */
    boolean refusedWhole(RegistryKey registry, long size, boolean tooLarge) {
        return !change(registry, (manner) -> manner.notLargerThan(tooLarge ? size - 1 : 0)).wholeOnly;
    }

    /**
     * It has refused a piece of so many bytes.
     * @return whether there is another way to try
     */
    boolean refusedPiece(RegistryKey registry, long length, boolean tooLarge) {
        if (tooLarge) {
            return length > LEAST_PIECE && change(registry, (manner) -> manner.piecesBelow(length)).piece < length;
        }
        return change(registry, Manner::onlyWhole).largest == Long.MAX_VALUE;
    }

    /** It has lost an upload of which it had taken a piece. */
    void lost(RegistryKey registry) {
        change(registry, (manner) -> manner.butForgetful(true));
    }

    /** It has kept one. */
    void kept(RegistryKey registry) {
        change(registry, (manner) -> manner.butForgetful(false));
    }

    private Manner of(RegistryKey registry) {
        return this.manners.getOrDefault(registry, Manner.UNKNOWN);
    }

    private Manner change(RegistryKey registry, UnaryOperator<Manner> change) {
        return this.manners.compute(registry, (_, manner) -> change.apply((manner != null) ? manner : Manner.UNKNOWN));
    }

    /**
     * Of one registry.
     *
     * @param wholeOnly whether it refuses pieces
     * @param largest in bytes, of what it takes in one request
     * @param piece in bytes
     */
    private record Manner(boolean forgetful, boolean wholeOnly, long largest, long piece) {

        static final Manner UNKNOWN = new Manner(false, false, Long.MAX_VALUE, PIECE);

        Manner butForgetful(boolean changed) {
            return new Manner(changed, this.wholeOnly, this.largest, this.piece);
        }

        Manner onlyWhole() {
            return new Manner(this.forgetful, true, this.largest, this.piece);
        }

        Manner notLargerThan(long size) {
            return new Manner(this.forgetful, this.wholeOnly, Math.min(this.largest, size), this.piece);
        }

        Manner piecesBelow(long length) {
            return new Manner(this.forgetful, this.wholeOnly, this.largest,
                    Math.min(this.piece, Math.max(LEAST_PIECE, length / 4)));
        }

    }

}
