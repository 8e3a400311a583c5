package store;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the partitions of the tables that grow, ahead of the execution ids that need
 * them. A range is attached, not created in place: attaching leaves readers and writers
 * of the other ranges alone, where {@code CREATE TABLE … PARTITION OF} locks them all
 * out.
 */
public final class Partitions {

    /** How many executions share a partition. */
    static final long RANGE = 1_000;

    private static final List<String> TABLES = List.of("task", "artifact_outcome", "task_log");

    private final Database database;

    /** Ids below this one have their partitions, as far as this node knows. */
    private final AtomicLong ready = new AtomicLong();

    public Partitions(Database database) {
        this.database = database;
    }

    /**
     * Makes the current range and the next one; to be called at start-up and now and
     * then.
     */
    public void ensureAhead() {
        ensure(this.database.sql("SELECT last_value FROM execution_id_seq").query(Long.class).single() + RANGE);
    }

    /** Makes an id's range and the one before it, where they are not there yet. */
    void ensure(long executionId) {
        if (executionId < this.ready.get()) {
            return;
        }
        long start = executionId - executionId % RANGE;
        this.database.inTransaction(() -> {
            // One node at a time; whoever waited finds the tables there.
            this.database.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", Locks.PARTITIONS).query((row) -> {
            });
            for (String table : TABLES) {
                make(table, Math.max(0, start - RANGE));
                make(table, start);
            }
        });
        this.ready.accumulateAndGet(start + RANGE, Math::max);
    }

    private void make(String table, long start) {
        String name = table + "_" + start;
        if (this.database.sql("SELECT to_regclass(:name) IS NOT NULL")
            .param("name", name)
            .query(Boolean.class)
            .single()) {
            return;
        }
        // Rows are updated several times and then never again: room for the updates, and
        // a
        // vacuum that does not wait for a fifth of a large table.
        this.database.sql("""
                CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL)
                WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)
                """.formatted(name, table)).update();
        this.database.sql("""
                ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)
                """.formatted(table, name, start, start + RANGE)).update();
    }

}
