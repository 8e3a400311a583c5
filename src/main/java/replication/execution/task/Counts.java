package replication.execution.task;

/**
 * Artifacts by their outcome, and the bytes sent for them.
 */
public record Counts(long copied, long unchanged, long kept, long skipped, long failed, long bytes, long deleted) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** Counts without deletions. */
    public Counts(long copied, long unchanged, long kept, long skipped, long failed, long bytes) {
        this(copied, unchanged, kept, skipped, failed, bytes, 0);
    }

}
