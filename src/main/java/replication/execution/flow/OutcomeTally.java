package replication.execution.flow;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import oci.model.Reason;
import replication.execution.copy.Outcome;
import replication.execution.task.Counts;

/** Counts outcomes as they come in from many threads. */
final class OutcomeTally {

    private final Map<Outcome.Result, Long> counts = new EnumMap<>(Outcome.Result.class);

    private long bytes;

    private Reason firstFailure = Reason.NONE;

    private boolean passing;

    private Duration retryAfter = Duration.ZERO;

    synchronized void count(Outcome outcome) {
        this.counts.merge(outcome.result(), 1L, Long::sum);
        this.bytes += outcome.bytes();
        this.passing |= outcome.passing();
        if (outcome.retryAfter().compareTo(this.retryAfter) > 0) {
            this.retryAfter = outcome.retryAfter();
        }
        if (outcome.result() == Outcome.Result.FAILED && this.firstFailure.text().isEmpty()) {
            this.firstFailure = new Reason(outcome.reference() + ": " + outcome.reason(), outcome.hint());
        }
    }

    synchronized long total() {
        return this.counts.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long failed() {
        return of(Outcome.Result.FAILED);
    }

    /** Whether something failed that may succeed later. */
    synchronized boolean passing() {
        return this.passing;
    }

    /** The longest that a registry asks to wait. */
    synchronized Duration retryAfter() {
        return this.retryAfter;
    }

    synchronized Reason firstFailure() {
        long others = failed() - 1;
        return (others > 0)
                ? new Reason(this.firstFailure.text() + " (and " + others + " more)", this.firstFailure.hint())
                : this.firstFailure;
    }

    synchronized Counts counts(long equal, long sent) {
        return new Counts(of(Outcome.Result.COPIED) + of(Outcome.Result.WOULD_COPY),
                of(Outcome.Result.UNCHANGED) + equal, of(Outcome.Result.KEPT), of(Outcome.Result.SKIPPED),
                of(Outcome.Result.FAILED), sent, of(Outcome.Result.DELETED) + of(Outcome.Result.WOULD_DELETE));
    }

    private long of(Outcome.Result result) {
        return this.counts.getOrDefault(result, 0L);
    }

    @Override
    public synchronized String toString() {
        if (of(Outcome.Result.WOULD_COPY) + of(Outcome.Result.WOULD_DELETE) > 0) {
            return "%d to be copied, %d to be deleted, %d kept, %d skipped, %d failed".formatted(
                    of(Outcome.Result.WOULD_COPY), of(Outcome.Result.WOULD_DELETE), of(Outcome.Result.KEPT),
                    of(Outcome.Result.SKIPPED), of(Outcome.Result.FAILED));
        }
        return "%d copied, %d deleted, %d kept, %d skipped, %d failed, %d bytes sent".formatted(
                of(Outcome.Result.COPIED), of(Outcome.Result.DELETED), of(Outcome.Result.KEPT),
                of(Outcome.Result.SKIPPED), of(Outcome.Result.FAILED), this.bytes);
    }

}
