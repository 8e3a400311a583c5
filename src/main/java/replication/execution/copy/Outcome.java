package replication.execution.copy;

import java.time.Duration;
import java.util.Locale;

import oci.model.Reason;
import oci.model.RegistryFailure;
import replication.execution.state.Mode;

/**
 * What became of one artifact.
 *
 * @param digest empty where it is not known
 * @param bytes how many were sent to the destination for it
 * @param reason why it was kept, skipped or failed; empty otherwise
 * @param passing whether what failed may succeed later
 * @param retryAfter how long the registry asks to wait with that; zero where it does not
 * say, and of what has been written down
 * @param hint what likely helps with what failed; empty if that is not known
 */
public record Outcome(Subject subject, Result result, String digest, long bytes, String reason, boolean passing,
        Duration retryAfter, String hint) {

    public Outcome(Subject subject, Result result, String digest, long bytes, String reason, boolean passing) {
        this(subject, result, digest, bytes, reason, passing, Duration.ZERO, "");
    }

    /** Why it was kept, skipped or failed. */
    public Reason why() {
        return new Reason(this.reason, this.hint);
    }

    /** What became of it, by the names of the API and the database. */
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

    /** The subject's tag or digest. */
    public String reference() {
        return this.subject.reference();
    }

    public static Outcome copied(Subject subject, String digest, long bytes) {
        return new Outcome(subject, Result.COPIED, digest, bytes, "", false);
    }

    public static Outcome unchanged(Subject subject, String digest) {
        return new Outcome(subject, Result.UNCHANGED, digest, 0, "", false);
    }

    public static Outcome kept(Subject subject, String digest, String reason) {
        return new Outcome(subject, Result.KEPT, digest, 0, reason, false);
    }

    public static Outcome skipped(Subject subject, String digest, String reason) {
        return new Outcome(subject, Result.SKIPPED, digest, 0, reason, false);
    }

    /** Deleted at the destination after the source had lost it. */
    public static Outcome deleted(Subject subject, String digest) {
        return new Outcome(subject, Result.DELETED, digest, 0, "", false);
    }

    public static Outcome wouldCopy(Subject subject, String digest) {
        return new Outcome(subject, Result.WOULD_COPY, digest, 0, "", false);
    }

    public static Outcome wouldDelete(Subject subject, String digest) {
        return new Outcome(subject, Result.WOULD_DELETE, digest, 0, "", false);
    }

    public static Outcome failed(Subject subject, String digest, long bytes, String reason) {
        return new Outcome(subject, Result.FAILED, digest, bytes, reason, false);
    }

    public static Outcome failed(Subject subject, String digest, long bytes, RegistryFailure failure) {
        Reason why = failure.reason();
        return new Outcome(subject, Result.FAILED, digest, bytes, why.text(), failure.passing(), failure.retryAfter(),
                why.hint());
    }

    public static Outcome failedForNow(Subject subject, String digest, long bytes, String reason) {
        return failedForNow(subject, digest, bytes, reason, Duration.ZERO);
    }

    public static Outcome failedForNow(Subject subject, String digest, long bytes, String reason, Duration retryAfter) {
        return new Outcome(subject, Result.FAILED, digest, bytes, reason, true, retryAfter, "");
    }

}
