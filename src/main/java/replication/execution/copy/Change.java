package replication.execution.copy;

/**
 * One reference that differs, or may.
 *
 * @param reference a tag
 * @param sourceDigest what it is at the source; empty where that has not been asked
 * @param destinationDigest what it is at the destination; empty where it is not there
 * @param gone whether the source was found without it, and that is to be carried over
 */
public record Change(String reference, String sourceDigest, String destinationDigest, boolean gone) {

    public Change(String reference, String sourceDigest, String destinationDigest) {
        this(reference, sourceDigest, destinationDigest, false);
    }

    /** A tag that the source has no more and the destination has. */
    public static Change gone(String reference, String destinationDigest) {
        return new Change(reference, "", destinationDigest, true);
    }
}
