package store.history;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import store.sql.Database;
import store.sql.Locks;

/**
 * Creates the partitions of the growing tables before execution ids need them. A range is
 * created alone and then attached: attaching does not block readers and writers of the
 * other ranges, as {@code CREATE TABLE … PARTITION OF} does.
 */
public final class Partitions {

    /** How many executions share a partition. */
    static final long RANGE = 1_000;

    static final List<String> TABLES = List.of("task", "artifact_outcome", "task_log");

    // Rows are updated several times and then never again. This leaves room for the
    // updates, and vacuum does not wait for a fifth of a large table.
    static final String STORAGE = """
            fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02
            """;

    /** A range that has fewer ids left than this ends by itself. */
    private static final long NEAR = RANGE / 10;

    private final Database database;

    /** Ids below this one have their partitions, as far as this node knows. */
    private final AtomicLong ready = new AtomicLong();

    public Partitions(Database database) {
        this.database = database;
    }

    /**
     * Creates the current range and the next one; called at start-up and from time to
     * time.
     */
    public void ensureAhead() {
        ensure(this.database.sql("SELECT last_value FROM execution_id_seq").query(Long.class).single() + RANGE);
    }

    /** Creates an id's range and the one before it, if they are missing. */
    public void ensure(long executionId) {
        if (executionId < this.ready.get()) {
            return;
        }
        long start = executionId - executionId % RANGE;
        this.database.inTransaction(() -> {
            // One node at a time; a node that waited finds the tables there.
            lock();
            for (String table : TABLES) {
                make(table, Math.max(0, start - RANGE));
                make(table, start);
            }
        });
        this.ready.accumulateAndGet(start + RANGE, Math::max);
    }

    /**
     * Lets the next execution begin a new range if the first one of this range started
     * long ago. Ids are skipped, so that executions of one age lie together and are
     * deleted together, however rarely they start.
     */
    void endRange(Duration age) {
        this.database.inTransaction(() -> {
            // The second of two nodes sees that the range is new.
            lock();
            this.database.sql("""
                    SELECT setval('execution_id_seq', s.last_value - s.last_value % :range + :range, false)
                    FROM execution_id_seq s
                    WHERE s.last_value % :range < :range - :near
                    AND EXISTS (
                        SELECT FROM execution
                        WHERE id >= s.last_value - s.last_value % :range AND id <= s.last_value
                        AND start_time < now() - make_interval(secs => :age))
                    """)
                .param("range", RANGE)
                .param("near", NEAR)
                .param("age", age.toMillis() / 1000.0)
                .query((row) -> {
                });
        });
        ensureAhead();
    }

    /**
     * The first ids of the ranges in which no execution is started any more, oldest
     * first.
     */
    List<Long> past() {
        return this.database.sql("""
                SELECT p.start
                FROM execution_id_seq s, (
                    SELECT substring(c.relname FROM '^task_([0-9]+)$')::bigint AS start
                    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                    WHERE i.inhparent = 'task'::regclass) p
                WHERE p.start < s.last_value - s.last_value % :range
                ORDER BY p.start
                """).param("range", RANGE).query(Long.class).list();
    }

    private void lock() {
        this.database.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", Locks.PARTITIONS).query((row) -> {
        });
    }

    static String name(String table, long start) {
        return table + "_" + start;
    }

    /**
     * Lets PostgreSQL assume that every execution is one of many with many rows.
     * Statistics never know the latest executions: the planner would believe that they
     * have no rows, consider any index that begins with the execution as good as the
     * index for a single row, and read all rows of the execution each time.
     */
    static void trustNoStatistics(Database database, String partition) {
        database.sql("ALTER TABLE " + partition + " ALTER COLUMN execution_id SET STATISTICS 0").update();
    }

    private void make(String table, long start) {
        String name = name(table, start);
        if (this.database.sql("SELECT to_regclass(:name) IS NOT NULL")
            .param("name", name)
            .query(Boolean.class)
            .single()) {
            return;
        }
        this.database.sql("""
                CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL) WITH (%s)
                """.formatted(name, table, STORAGE)).update();
        trustNoStatistics(this.database, name);
        this.database.sql("""
                ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)
                """.formatted(table, name, start, start + RANGE)).update();
    }

}
