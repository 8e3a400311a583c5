package replication.execution.copy;

/**
 * A subject that differs, or may.
 *
 * @param sourceDigest what it is at the source; empty where that has not been asked
 * @param destinationDigest what it is at the destination; empty where it is not there
 * @param gone whether the source was found without it, and that is to be carried over
 */
public record Change(Subject subject, String sourceDigest, String destinationDigest, boolean gone) {

    public Change(Subject subject, String sourceDigest, String destinationDigest) {
        this(subject, sourceDigest, destinationDigest, false);
    }

    /** A change of a tag. */
    public static Change ofTag(String tag, String sourceDigest, String destinationDigest) {
        return new Change(new Subject.Tag(tag), sourceDigest, destinationDigest);
    }

    /** A tag that the source has no more and the destination has. */
    public static Change goneTag(String tag, String destinationDigest) {
        return new Change(new Subject.Tag(tag), "", destinationDigest, true);
    }

    /** The subject's tag or digest. */
    public String reference() {
        return this.subject.reference();
    }

}
