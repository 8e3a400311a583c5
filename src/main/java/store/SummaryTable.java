package store;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import replication.execution.Summaries;

/** The summaries of executions, and the sweep that leaves nothing stuck. */
public final class SummaryTable implements Summaries {

    private final Database database;

    private final Summary summary;

    private final LostJobs lostJobs;

    private final WaitingExecutions waiting;

    public SummaryTable(Database database) {
        this.database = database;
        this.summary = new Summary(database);
        this.lostJobs = new LostJobs(database);
        this.waiting = new WaitingExecutions(database);
    }

    @Override
    public void refresh(Collection<Long> executionIds) {
        boolean ended = false;
        for (long id : new TreeSet<>(executionIds)) {
            ended |= this.summary.refresh(id);
        }
        if (ended) {
            this.waiting.release();
        }
    }

    @Override
    public void sweep() {
        this.lostJobs.recover();
        this.waiting.release();
        List<Long> open = this.database.sql("""
                SELECT id FROM execution WHERE state IN ('pending', 'running', 'paused', 'stopping')
                """).query(Long.class).list();
        refresh(open);
    }

}
