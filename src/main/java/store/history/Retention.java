package store.history;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import store.sql.Database;
import store.sql.Locks;
import store.sql.SessionStart;

/**
 * Purges the history: a range of executions goes when all of it is older than the
 * retention, as a whole, by {@link PastRange}. What never goes is what has not ended, and
 * each policy's newest.
 * <p>
 * Safe for any number of nodes at once: one purges at a time, by an advisory lock that it
 * holds in a transaction which does nothing else, so that no vacuum waits for it. A node
 * that dies leaves copies at most; whoever comes next drops them.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** A range holds no more than this part of the retention. */
    private static final int PARTS = 10;

    private final Database database;

    private final Partitions partitions;

    private final Duration retention;

    private final PastRange past;

    /**
     * Purges by these.
     * @param retention how long executions stay after their end
     * @param keep how many of each policy's newest stay, however old
     */
    public Retention(Database database, Partitions partitions, Duration retention, int keep) {
        this.database = database;
        this.partitions = partitions;
        this.retention = retention;
        this.past = new PastRange(database.apart(), retention, keep);
    }

    /** Purges what is to go now. Where another node does so already, nothing happens. */
    public void purge() {
        this.partitions.turn(this.retention.dividedBy(PARTS));
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
