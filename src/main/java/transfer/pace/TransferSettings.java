package transfer.pace;

import java.time.Duration;

/**
 * The bounds of a transfer.
 *
 * @param tagsAhead how many tags are compared ahead of the reader, two HEADs each
 * @param blobsInParallel how many blobs of one image are under way at once
 * @param askFrom in bytes: a repository that has tags is asked for blobs of this size and
 * more before they are sent. A smaller one is sent unasked, as asking costs a round trip
 * to save two small ones, and the likeliest small blob, the config, is new with each
 * image
 * @param leaseFrom in bytes: who sends a blob of this size and more is agreed on between
 * nodes; a smaller one sent twice is cheaper than agreed on
 * @param resumeFrom in bytes: an upload of this size and more that breaks is gone on
 * with, where the registry can, and others can find it
 * @param piece in bytes: how much of an upload that has broken goes into one request;
 * what breaks again costs at most that
 * @param manifestDepth how deep indexes may nest
 * @param manifests how many manifests one tag may hold
 */
public record TransferSettings(int tagsAhead, int blobsInParallel, long askFrom, long leaseFrom, long resumeFrom,
        long piece, int manifestDepth, int manifests, Backoff backoff) {

    public static final TransferSettings DEFAULTS = new TransferSettings(32, 8, 256 * 1024, 256 * 1024,
            16 * 1024 * 1024, 32L * 1024 * 1024, 8, 1000, Backoff.DEFAULTS);

    public TransferSettings {
        positive("tagsAhead", tagsAhead);
        positive("blobsInParallel", blobsInParallel);
        positive("manifestDepth", manifestDepth);
        positive("manifests", manifests);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }

    /**
     * How a blob that failed is tried again: after a random part of a time that doubles.
     *
     * @param retries how often, after the first try
     * @param base the bound of the first wait
     * @param most the bound of every wait
     * @param patience a registry that asks to wait longer than this has failed
     */
    public record Backoff(int retries, Duration base, Duration most, Duration patience) {

        public static final Backoff DEFAULTS = new Backoff(5, Duration.ofMillis(200), Duration.ofSeconds(10),
                Duration.ofMinutes(2));

        public Backoff {
            if (retries < 0 || base.isNegative() || most.compareTo(base) < 0) {
                throw new IllegalArgumentException(
                        "retries must not be negative, nor the longest wait below the first: %d, %s, %s"
                            .formatted(retries, base, most));
            }
        }

    }

}
