package store.history;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.sql.Database;
import store.sql.Locks;
import store.sql.SessionStart;

/**
 * Purges the history: {@link PastRange} deletes a range of executions when all of them
 * are older than the retention. Open executions and the newest of each policy always
 * stay.
 * <p>
 * Safe on any number of nodes: one purges at a time, by an advisory lock in a transaction
 * that does nothing else, so that no vacuum waits for it. A node that dies leaves at most
 * copies, which the next node drops.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** A range covers at most this part of the retention. */
    private static final int PARTS = 10;

    private final Database database;

    private final Partitions partitions;

    private final Duration retention;

    private final PastRange past;

    /**
     * Creates the purge.
     * @param retention how long executions stay after their end
     * @param keep how many of each policy's newest executions stay, however old
     */
    public Retention(Database database, Partitions partitions, Duration retention, int keep) {
        this.database = database;
        this.partitions = partitions;
        this.retention = retention;
        this.past = new PastRange(database.apart(), retention, keep);
    }

    /** Purges the ranges that are due, unless another node does so already. */
    public void purge() {
        this.partitions.endRange(this.retention.dividedBy(PARTS));
        this.database.inTransaction(() -> {
            boolean mine = this.database.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", Locks.PURGE)
                .query(Boolean.class)
                .single();
            if (mine) {
                SessionStart.mayRest(this.database);
                purgeRanges();
            }
        });
    }

    private void purgeRanges() {
        this.past.dropCopies();
        for (long start : this.partitions.past()) {
            int gone = this.past.purge(start);
            if (gone > 0) {
                LOG.info("history: {} executions of {} to {} are purged", gone, start, start + Partitions.RANGE - 1);
            }
        }
    }

}
