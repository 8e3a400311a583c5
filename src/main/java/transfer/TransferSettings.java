package transfer;

import java.time.Duration;

/**
 * How images are copied.
 *
 * @param compareAhead tags compared ahead of the copies
 * @param blobsAtOnce blobs of one image at once; a host's own limit may allow fewer
 * @param attempts how often a blob is begun before it has failed
 * @param firstWait the upper bound of the first wait between two attempts; it doubles
 * with each
 * @param maxWait no wait is longer, unless the registry asks for it
 * @param maxDepth how deep indexes may nest
 * @param askFrom bytes from which a blob is asked for before it is sent to a repository
 * that already has tags; below, sending it twice costs less than asking for each
 */
public record TransferSettings(int compareAhead, int blobsAtOnce, int attempts, Duration firstWait, Duration maxWait,
        int maxDepth, long askFrom) {

    public static final TransferSettings DEFAULTS = new TransferSettings(32, 8, 5, Duration.ofMillis(200),
            Duration.ofSeconds(10), 8, 256 << 10);

    public TransferSettings {
        if (compareAhead < 1 || blobsAtOnce < 1 || attempts < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("compareAhead, blobsAtOnce, attempts and maxDepth must be at least 1");
        }
    }

}
