package replication.execution.copy;

import org.jspecify.annotations.Nullable;

/**
 * The progress of the copies that have not ended.
 *
 * @param sent their bytes that the destination has
 * @param passed bytes that went over the wire, with those of ended copies; never less
 * than before
 * @param remaining bytes that they still have to send; null while one of them has not
 * read its manifests
 */
public record Moved(long sent, long passed, @Nullable Long remaining) {

    /** The progress where no bytes are counted. */
    public static final Moved UNKNOWN = new Moved(0, 0, null);

}
