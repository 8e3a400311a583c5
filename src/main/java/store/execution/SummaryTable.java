package store.execution;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import replication.execution.Summaries;
import store.sql.ClusterTurn;
import store.sql.Database;
import store.task.LostJobs;

/** The summaries of executions, and the sweep that ends whatever is stuck. */
public final class SummaryTable implements Summaries {

    private final Database database;

    private final ExecutionSummary summary;

    private final LostJobs lostJobs;

    private final WaitingExecutions waiting;

    private final OneTimePolicies oneTime;

    private final ClusterTurn sweep;

    private final Duration pause;

    /** When this node last counted an execution's tasks, in nanoseconds. */
    private final Map<Long, Long> counted = new ConcurrentHashMap<>();

    public SummaryTable(Database database) {
        this(database, Duration.ZERO, Duration.ZERO);
    }

    /**
     * Opens the tables.
     * @param pause the least time between two counts of a running execution, because a
     * count reads all its tasks
     * @param round the least time between two sweeps in the whole cluster
     */
    public SummaryTable(Database database, Duration pause, Duration round) {
        this.pause = pause;
        this.database = database;
        this.summary = new ExecutionSummary(database);
        this.lostJobs = new LostJobs(database);
        this.waiting = new WaitingExecutions(database);
        this.sweep = new ClusterTurn(database, "sweep", round);
        this.oneTime = new OneTimePolicies(database);
    }

    @Override
    public void refresh(Collection<Long> executionIds) {
        boolean ended = false;
        for (long id : new TreeSet<>(executionIds)) {
            if (due(id) || !this.summary.hasOpenTasks(id)) {
                ended |= this.summary.refresh(id);
            }
        }
        if (ended) {
            this.oneTime.forgetEnded();
            this.waiting.release();
        }
    }

    private boolean due(long id) {
        long now = System.nanoTime();
        Long last = this.counted.get(id);
        if (last != null && now - last < this.pause.toNanos()) {
            return false;
        }
        this.counted.put(id, now);
        return true;
    }

    @Override
    public void sweep() {
        List<Long> open = this.database.sql("""
                SELECT id FROM execution WHERE state IN ({execution open})
                """).query(Long.class).list();
        this.counted.keySet().retainAll(open);
        if (!this.sweep.take()) {
            return;
        }
        this.lostJobs.recover();
        open.forEach(this.summary::refresh);
        this.oneTime.forgetEnded();
        this.waiting.release();
    }

}
