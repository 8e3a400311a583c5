package store.history;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import store.sql.Database;

/**
 * Purges one range of old executions. A row's range follows from its execution's id, so
 * the rows that stay are copied into a new partition for the same range, which replaces
 * the old one.
 * <p>
 * The copying makes nobody wait: it holds no lock and uses one transaction for each
 * execution, so that no vacuum waits either. The exchange is one transaction of some
 * milliseconds; it gives up soon when a table is busy and tries again. It first locks the
 * executions' rows and compares their versions with those before the copying: if one was
 * opened again meanwhile, the copies are dropped and the range is left for later.
 */
final class PastRange {

    private static final Logger LOG = LoggerFactory.getLogger(PastRange.class);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String DEADLOCK = "40P01";

    private static final int TRIES = 20;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Database database;

    private final Duration retention;

    private final int keep;

    PastRange(Database database, Duration retention, int keep) {
        this.database = database;
        this.retention = retention;
        this.keep = keep;
    }

    /** Purges a range and returns the number of deleted executions. */
    int purge(long start) {
        Survey survey = this.database.inTransaction(() -> survey(start));
        if (!survey.worthwhile()) {
            return 0;
        }
        Copies copies = survey.stay().isEmpty() ? Copies.NONE : copy(start, survey.stay());
        for (int turn = 1; turn <= TRIES; turn++) {
            try {
                return this.database.inTransaction(() -> exchange(start, survey, copies));
            }
            catch (DataAccessException ex) {
                if (!busy(ex)) {
                    throw ex;
                }
                LOG.debug("history: the tables are busy, try {} of {}", turn, TRIES);
                pause();
            }
        }
        LOG.info("history: executions from {} on are purged later, because the tables were busy {} times", start,
                TRIES);
        dropCopies();
        return 0;
    }

    private static boolean busy(DataAccessException ex) {
        return ex.getMostSpecificCause() instanceof SQLException cause
                && (LOCK_NOT_AVAILABLE.equals(cause.getSQLState()) || DEADLOCK.equals(cause.getSQLState()));
    }

    // An open execution keeps its whole range, because its rows are still written.
    private Survey survey(long start) {
        return this.database
            .sql("""
                    WITH judged AS (
                        SELECT e.id, e.xmin AS version,
                            e.state IN ({execution open})
                                OR e.end_time >= now() - make_interval(secs => :retention) AS holds,
                            EXISTS (SELECT FROM policy p WHERE p.id = e.policy_id) AND (
                                SELECT count(*) FROM (
                                    SELECT FROM execution n
                                    WHERE n.policy_id = e.policy_id AND n.id > e.id AND n.mode = 'apply' LIMIT :keep) newer) < :keep AS stays
                        FROM execution e
                        WHERE e.id >= :start AND e.id < :end)
                    SELECT coalesce(bool_or(holds), false) AS held,
                        coalesce(string_agg(id || ':' || version, ',' ORDER BY id), '') AS versions,
                        coalesce(array_agg(id ORDER BY id) FILTER (WHERE stays), '{}') AS stay,
                        coalesce(array_agg(id ORDER BY id) FILTER (WHERE NOT stays), '{}') AS go
                    FROM judged
                    """)
            .param("retention", this.retention.toMillis() / 1000.0)
            .param("keep", this.keep)
            .param("start", start)
            .param("end", start + Partitions.RANGE)
            .query((row, number) -> new Survey(row.getBoolean("held"), row.getString("versions"), ids(row, "stay"),
                    ids(row, "go")))
            .single();
    }

    private static List<Long> ids(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((Long[]) array.getArray());
    }

    private Copies copy(long start, List<Long> executions) {
        Copies copies = new Copies("_kept_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        for (String table : Partitions.TABLES) {
            apart(() -> this.database.sql("""
                    CREATE TABLE %s (LIKE %s INCLUDING ALL,
                        CONSTRAINT of_range CHECK (execution_id >= %d AND execution_id < %d)) WITH (%s)
                    """.formatted(copies.of(table), table, start, start + Partitions.RANGE, Partitions.STORAGE))
                .update());
            for (long execution : executions) {
                apart(() -> this.database
                    .sql("INSERT INTO %s SELECT * FROM %s WHERE execution_id = :execution".formatted(copies.of(table),
                            table))
                    .param("execution", execution)
                    .update());
            }
        }
        return copies;
    }

    private int apart(Supplier<Integer> statement) {
        return this.database.inTransaction(statement);
    }

    private int exchange(long start, Survey survey, Copies copies) {
        // Later statements queue behind this one while it waits, so it must not wait
        // long.
        this.database.sql("SET LOCAL lock_timeout = '100ms'").update();
        this.database.sql("SELECT id FROM execution WHERE id >= :start AND id < :end ORDER BY id FOR UPDATE")
            .param("start", start)
            .param("end", start + Partitions.RANGE)
            .query((row) -> {
            });
        if (!survey(start).versions().equals(survey.versions())) {
            copies.drop().forEach((statement) -> this.database.sql(statement).update());
            return 0;
        }
        int gone = this.database.sql("DELETE FROM execution WHERE id = ANY (:ids)")
            .param("ids", survey.go().toArray(Long[]::new))
            .update();
        statements(start, copies).forEach((statement) -> this.database.sql(statement).update());
        return gone;
    }

    private static List<String> statements(long start, Copies copies) {
        List<String> statements = new ArrayList<>();
        for (String table : Partitions.TABLES) {
            String old = Partitions.name(table, start);
            statements.add("ALTER TABLE " + table + " DETACH PARTITION " + old);
            statements.add("DROP TABLE " + old);
            if (!copies.equals(Copies.NONE)) {
                statements.add("ALTER TABLE " + copies.of(table) + " RENAME TO " + old);
                // The table's constraint makes PostgreSQL skip the check of each row.
                statements.add("ALTER TABLE " + table + " ATTACH PARTITION " + old + " FOR VALUES FROM (" + start
                        + ") TO (" + (start + Partitions.RANGE) + ")");
                statements.add("ALTER TABLE " + old + " DROP CONSTRAINT of_range");
            }
        }
        return statements;
    }

    /** Drops the copies that a dead node left. */
    void dropCopies() {
        this.database.inTransaction(() -> this.database.sql("""
                SELECT relname FROM pg_class
                WHERE relkind = 'r' AND pg_table_is_visible(oid)
                AND relname ~ '^(task|artifact_outcome|task_log)_kept_[0-9a-f]{16}$'
                """).query(String.class).list().forEach((name) -> this.database.sql("DROP TABLE " + name).update()));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while purging the history", ex);
        }
    }

    /**
     * The state of a range.
     *
     * @param held whether an execution is open or ended too recently
     * @param versions the current versions of the executions' rows
     */
    private record Survey(boolean held, String versions, List<Long> stay, List<Long> go) {

        /**
         * Rows are copied only if more are deleted than stay, so that no row is copied
         * again and again.
         */
        boolean worthwhile() {
            return !this.held && !this.go.isEmpty() && this.go.size() >= this.stay.size();
        }

    }

    /** The new partitions, whose names end differently from those in place. */
    private record Copies(String suffix) {

        static final Copies NONE = new Copies("");

        String of(String table) {
            return table + this.suffix;
        }

        List<String> drop() {
            return equals(NONE) ? List.of()
                    : Partitions.TABLES.stream().map((table) -> "DROP TABLE " + of(table)).toList();
        }

    }

}
