package replication.execution.flow;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.Defect;
import replication.StoreAway;
import replication.execution.copy.Change;
import replication.execution.copy.MissingAtSource;
import replication.execution.copy.Moved;
import replication.execution.copy.Outcome;
import replication.execution.copy.RepositoryCopy;
import replication.execution.state.Mode;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.LostClaim;
import replication.execution.task.Progress;
import replication.execution.task.TaskEnd;

/**
 * A task in work: a lazy sequence of steps, one a change. It yields a step only when its
 * window has room, and a finished step makes room again, so its reader never runs ahead
 * of the copies, however many threads it has. It is read by one thread at a time; steps
 * run on any.
 */
public final class TransferRun implements Iterator<TransferRun.Step> {

    private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);

    /** More than any window: a stop opens it for good. */
    private static final int WIDE_OPEN = 1 << 20;

    private final RepositoryCopy copy;

    private final TaskJournal journal;

    private final StopSignal stop;

    private final Semaphore window;

    private final OutcomeTally tally = new OutcomeTally();

    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();

    private final AtomicLong finished = new AtomicLong();

    private @Nullable Iterator<Change> changes;

    private volatile boolean listed;

    TransferRun(RepositoryCopy copy, TaskJournal journal, StopSignal stop, int window) {
        this.copy = copy;
        this.journal = journal;
        this.stop = stop;
        this.window = new Semaphore(window);
    }

    Claim claim() {
        return this.journal.task().claim();
    }

    boolean stopped() {
        return this.stop.stopped();
    }

    @Override
    public boolean hasNext() {
        if (this.stop.stopped() || this.broken.get() != null) {
            return false;
        }
        try {
            if (this.changes == null) {
                this.changes = this.copy.changes();
            }
            this.listed = !this.changes.hasNext();
            return !this.listed;
        }
        catch (RuntimeException | Error ex) {
            breakOff(Defect.of(ex));
            return false;
        }
    }

    @Override
    public Step next() {
        if (this.changes == null) {
            throw new NoSuchElementException("hasNext was not asked");
        }
        try (StopSignal.Registration _ = this.stop.onStop(() -> this.window.release(WIDE_OPEN))) {
            this.window.acquireUninterruptibly();
        }
        return new Step(this, this.changes.next());
    }

    /**
     * Ends the task for a failure that concerns more than one artifact; the first cause
     * is kept.
     */
    private void breakOff(RuntimeException cause) {
        if (this.broken.compareAndSet(null, cause)) {
            boolean expected = cause instanceof RegistryFailure || cause instanceof LostClaim
                    || cause instanceof StopSignal.Stopped;
            if (cause instanceof StoreAway) {
                LOG.warn("task {} ends its open copies and begins anew when the database is back: {}", claim().key(),
                        cause.getMessage());
            }
            else if (!expected) {
                LOG.error("task {} breaks off and is recorded as failed", claim().key(), cause);
            }
        }
        if (cause instanceof LostClaim) {
            this.stop.handBack();
        }
    }

    private @Nullable Outcome copy(Change change) {
        try {
            // Neither a deletion nor a plan leaves anything that a later attempt could
            // find and count.
            if (!change.gone() && this.journal.task().mode() == Mode.APPLY) {
                this.journal.announce(change.subject());
            }
            Outcome outcome = this.copy.copy(change);
            this.finished.addAndGet(outcome.bytes());
            this.journal.record(outcome);
            return outcome;
        }
        catch (StopSignal.Stopped _) {
            // end() asks the signal; there is nothing to record of what was not done.
            LOG.debug("copy of {} stopped", change.reference());
        }
        catch (RuntimeException | Error ex) {
            breakOff(Defect.of(ex));
        }
        finally {
            this.window.release();
        }
        return null;
    }

    private void count(@Nullable Outcome outcome) {
        if (outcome != null) {
            this.tally.count(outcome);
        }
    }

    /**
     * How far it is.
     * @param nanos of a clock that only goes forward
     */
    Progress progress(RateMeter rates, long nanos) {
        Moved moved = this.copy.moved();
        long bytes = this.journal.task().bytes() + this.finished.get() + moved.sent();
        return new Progress(this.tally.counts(this.copy.unchanged(), bytes), rates.rate(nanos, moved.passed()),
                this.listed ? moved.remaining() : null, this.stop.waits().longest());
    }

    /** Writes what its log has gathered, so that a task that waits can be read about. */
    void flushLog() {
        this.journal.flush();
    }

    /** Closes what is open and says how the task ended. */
    TaskEnd end() {
        this.copy.close();
        this.stop.waits().end();
        long unchanged = this.copy.unchanged();
        TaskEnd end = judge(unchanged);
        Stream.of(end.why().toString(), this.copy.missing().text())
            .filter((line) -> !line.isEmpty())
            .distinct()
            .forEach(this.journal::line);
        this.journal.line("%s: %s, %d unchanged".formatted(end.word(), this.tally, unchanged));
        this.journal.flush();
        return end;
    }

    private TaskEnd judge(long unchanged) {
        RuntimeException cause = this.broken.get();
        if (cause instanceof LostClaim lost) {
            throw lost;
        }
        if (cause instanceof StoreAway away) {
            // No verdict: the job fails, and the next attempt finds what was announced.
            throw away;
        }
        if (this.stop.stopped()) {
            return new TaskEnd(TaskState.STOPPED, "stopped", unchanged);
        }
        if (cause != null) {
            Reason why = Reason.of(cause);
            return (cause instanceof RegistryFailure failure && failure.passing())
                    ? new TaskEnd(TaskState.RETRYING, why, unchanged, failure.retryAfter())
                    : marked(new TaskEnd(TaskState.FAILED, why, unchanged));
        }
        if (this.tally.failed() > 0) {
            return new TaskEnd(this.tally.passing() ? TaskState.RETRYING : TaskState.FAILED, this.tally.firstFailure(),
                    unchanged, this.tally.retryAfter());
        }
        MissingAtSource missing = this.copy.missing();
        // Tags that are kept at the destination do not make it a success.
        if (missing instanceof MissingAtSource.Repository || this.tally.total() + unchanged == 0) {
            String text = missing.text();
            return marked(new TaskEnd(TaskState.SKIPPED, text.isEmpty() ? "no tag matches" : text, unchanged));
        }
        return new TaskEnd(TaskState.SUCCEEDED, "", unchanged);
    }

    private TaskEnd marked(TaskEnd end) {
        return switch (this.copy.missing()) {
            case MissingAtSource.Repository _ -> end.ofMissing();
            case MissingAtSource.Nothing _, MissingAtSource.Tags _ -> end;
        };
    }

    /** One artifact's copy, ready to be made on any thread. */
    public record Step(TransferRun run, Change change) {

        /**
         * Makes it and never throws: what does not concern this artifact breaks the run.
         */
        public Copied copy() {
            return new Copied(this.run, this.run.copy(this.change));
        }

    }

    /**
     * A step that has ended.
     *
     * @param outcome null where the run was stopped or broke
     */
    public record Copied(TransferRun run, @Nullable Outcome outcome) {

        /** Counts it for its run. */
        public TransferRun counted() {
            this.run.count(this.outcome);
            return this.run;
        }

    }

}
