package replication.execution.copy;

import org.jspecify.annotations.Nullable;

/**
 * How far the copies are that have not ended.
 *
 * @param sent bytes of them that the destination has
 * @param passed bytes that went over the wire, those of ended copies too; never less than
 * before
 * @param remaining bytes that they still have to send; null while one of them does not
 * know
 */
public record Moved(long sent, long passed, @Nullable Long remaining) {

    /** Where nobody counts. */
    public static final Moved UNKNOWN = new Moved(0, 0, null);

}
