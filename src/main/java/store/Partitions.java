package store;

import java.util.concurrent.atomic.AtomicLong;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the partitions of the tables that grow, a range of execution ids each, ahead of
 * need.
 */
public final class Partitions {

    /** Executions in one partition: history is dropped in such lots. */
    static final long RANGE = 1000;

    private static final String[] TABLES = { "task", "artifact_outcome", "task_log" };

    private static final long LOCK = 0x6472_6179_0001L;

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    private final AtomicLong madeBelow = new AtomicLong();

    public Partitions(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Makes the partitions of the newest execution and those that follow. */
    public void ensureAhead() {
        long newest = this.jdbc.sql("SELECT coalesce(max(id), 0) FROM execution").query(Long.class).single();
        make(newest);
    }

    /**
     * Makes sure that an execution's rows have a place. Asks nothing where that is known.
     */
    void ensure(long executionId) {
        if (executionId >= this.madeBelow.get()) {
            make(executionId);
        }
    }

    /**
     * The range that holds an id, and the next. The lock makes nodes that come together
     * wait.
     */
    private void make(long executionId) {
        long from = executionId / RANGE * RANGE;
        this.transactions.executeWithoutResult((_) -> {
            this.jdbc.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query().singleRow();
            for (String table : TABLES) {
                make(table, from);
                make(table, from + RANGE);
            }
        });
        this.madeBelow.accumulateAndGet(from + 2 * RANGE, Math::max);
    }

    private void make(String table, long from) {
        String name = table + "_" + from / RANGE;
        boolean there = this.jdbc.sql("SELECT to_regclass(:name) IS NOT NULL")
            .param("name", name)
            .query(Boolean.class)
            .single();
        if (!there) {
            this.jdbc
                .sql("CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%d) TO (%d)".formatted(name, table, from,
                        from + RANGE))
                .update();
        }
    }

}
