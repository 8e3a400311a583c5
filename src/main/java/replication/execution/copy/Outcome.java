package replication.execution.copy;

import java.time.Duration;
import java.util.Locale;

import replication.execution.state.Mode;

/**
 * What became of one artifact.
 *
 * @param reference its tag, or its digest where it has none
 * @param digest empty where it is not known
 * @param bytes how many were sent to the destination for it
 * @param reason why it was kept, skipped or failed; empty otherwise
 * @param passing whether what failed may succeed later
 * @param retryAfter how long the registry asks to wait with that; zero where it does not
 * say, and of what has been written down
 */
public record Outcome(String reference, Result result, String digest, long bytes, String reason, boolean passing,
        Duration retryAfter) {

    public Outcome(String reference, Result result, String digest, long bytes, String reason, boolean passing) {
        this(reference, result, digest, bytes, reason, passing, Duration.ZERO);
    }

    /** By the names of the API and the database. */
    public enum Result {

        COPIED, UNCHANGED, KEPT, SKIPPED, FAILED, DELETED,

        /** In a plan, which does nothing. */
        WOULD_COPY, WOULD_DELETE;

        /** Whether an execution of this mode may come to it. */
        public boolean of(Mode mode) {
            return switch (this) {
                case COPIED, DELETED -> mode == Mode.APPLY;
                case WOULD_COPY, WOULD_DELETE -> mode == Mode.PLAN;
                case UNCHANGED, KEPT, SKIPPED, FAILED -> true;
            };
        }

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

    public static Outcome copied(String reference, String digest, long bytes) {
        return new Outcome(reference, Result.COPIED, digest, bytes, "", false);
    }

    public static Outcome unchanged(String reference, String digest) {
        return new Outcome(reference, Result.UNCHANGED, digest, 0, "", false);
    }

    public static Outcome kept(String reference, String digest, String reason) {
        return new Outcome(reference, Result.KEPT, digest, 0, reason, false);
    }

    public static Outcome skipped(String reference, String digest, String reason) {
        return new Outcome(reference, Result.SKIPPED, digest, 0, reason, false);
    }

    /** Gone from the destination, as it had gone from the source. */
    public static Outcome deleted(String reference, String digest) {
        return new Outcome(reference, Result.DELETED, digest, 0, "", false);
    }

    public static Outcome wouldCopy(String reference, String digest) {
        return new Outcome(reference, Result.WOULD_COPY, digest, 0, "", false);
    }

    public static Outcome wouldDelete(String reference, String digest) {
        return new Outcome(reference, Result.WOULD_DELETE, digest, 0, "", false);
    }

    public static Outcome failed(String reference, String digest, long bytes, String reason) {
        return new Outcome(reference, Result.FAILED, digest, bytes, reason, false);
    }

    public static Outcome failedForNow(String reference, String digest, long bytes, String reason) {
        return failedForNow(reference, digest, bytes, reason, Duration.ZERO);
    }

    public static Outcome failedForNow(String reference, String digest, long bytes, String reason,
            Duration retryAfter) {
        return new Outcome(reference, Result.FAILED, digest, bytes, reason, true, retryAfter);
    }

}
