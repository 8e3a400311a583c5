package replication.execution.copy;

/**
 * A subject that differs, or may.
 *
 * @param sourceDigest what it is at the source; empty while it is not known
 * @param destinationDigest what it is at the destination; empty where it is not there
 * @param gone whether the source has lost it and the destination is to lose it as well
 */
public record Change(Subject subject, String sourceDigest, String destinationDigest, boolean gone) {

    public Change(Subject subject, String sourceDigest, String destinationDigest) {
        this(subject, sourceDigest, destinationDigest, false);
    }

    /** A change of a tag. */
    public static Change ofTag(String tag, String sourceDigest, String destinationDigest) {
        return new Change(new Subject.Tag(tag), sourceDigest, destinationDigest);
    }

    /** A tag that the source has lost and the destination still has. */
    public static Change goneTag(String tag, String destinationDigest) {
        return new Change(new Subject.Tag(tag), "", destinationDigest, true);
    }

    /** The subject's tag or digest. */
    public String reference() {
        return this.subject.reference();
    }

}
