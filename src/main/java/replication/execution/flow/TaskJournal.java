package replication.execution.flow;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import replication.GroupCommit;
import replication.StoreAway;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Outcomes;
import replication.execution.task.TaskLogs;

/**
 * Writes what a task does while it runs: announcements and outcomes are durable when the
 * call returns, log lines follow in batches.
 */
final class TaskJournal {

    private static final Logger LOG = LoggerFactory.getLogger(TaskJournal.class);

    private static final int LINES_AT_ONCE = 100;

    private static final int MOST_KEPT = 1000;

    private final ClaimedTask task;

    private final TaskLogs logs;

    private final Clock clock;

    private final GroupCommit<Subject> announcements;

    private final GroupCommit<Outcome> outcomes;

    private final ReentrantLock writing = new ReentrantLock();

    private final List<TaskLogs.Line> lines = new ArrayList<>();

    TaskJournal(ClaimedTask task, Outcomes outcomes, TaskLogs logs, Clock clock) {
        this.task = task;
        this.logs = logs;
        this.clock = clock;
        this.announcements = new GroupCommit<>((subjects) -> outcomes.announce(task.claim(), subjects));
        this.outcomes = new GroupCommit<>((batch) -> outcomes.record(task, batch));
    }

    ClaimedTask task() {
        return this.task;
    }

    /** Returns when it is durable that this is about to be changed. */
    void announce(Subject subject) {
        this.announcements.add(subject);
    }

    /** Returns when the outcome is durable. */
    void record(Outcome outcome) {
        this.outcomes.add(outcome);
    }

    void line(String text) {
        boolean full;
        synchronized (this.lines) {
            this.lines.add(new TaskLogs.Line(this.clock.instant(), text));
            full = this.lines.size() >= LINES_AT_ONCE;
        }
        if (full) {
            flush();
        }
    }

    /**
     * Writes the lines that are left; one batch after the other, so that they stay in
     * order.
     */
    void flush() {
        this.writing.lock();
        try {
            List<TaskLogs.Line> batch;
            synchronized (this.lines) {
                batch = List.copyOf(this.lines);
                this.lines.clear();
            }
            write(batch);
        }
        finally {
            this.writing.unlock();
        }
    }

    /** A log that cannot be written must not end a copy that can. */
    private void write(List<TaskLogs.Line> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            this.logs.append(this.task.claim(), batch);
        }
        catch (StoreAway ex) {
            keep(batch, ex);
        }
        catch (RuntimeException ex) {
            LOG.warn("{} log lines of task {} are lost, the task goes on: {}", batch.size(), this.task.claim().key(),
                    ex.getMessage());
        }
    }

    /** Keeps the lines until the database is back, up to a bound. */
    private void keep(List<TaskLogs.Line> batch, StoreAway cause) {
        synchronized (this.lines) {
            if (this.lines.size() + batch.size() <= MOST_KEPT) {
                this.lines.addAll(0, batch);
                return;
            }
        }
        LOG.warn("{} log lines of task {} are lost, the task goes on: {}", batch.size(), this.task.claim().key(),
                cause.getMessage());
    }

}
