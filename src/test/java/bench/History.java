package bench;

import java.util.List;
import java.util.Locale;

import org.springframework.jdbc.core.simple.JdbcClient;
import store.history.Partitions;
import store.sql.Database;

/**
 * Fills the tables with executions that have ended, like those they are modelled after:
 * spread over sixty days, of one length, but for a last one that is long and whose first
 * task has a long log.
 */
public final class History {

    private static final int EXECUTIONS_AT_ONCE = 100;

    private static final int PER_RANGE = 1_000;

    private final Database database;

    private final JdbcClient jdbc;

    private final long executions;

    private final long tasks;

    private final long lines;

    /** Has about so many rows made; a fiftieth of them belongs to the long ones. */
    History(Database database, long executions, long tasks, long lines) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.executions = executions;
        this.tasks = tasks;
        this.lines = lines;
    }

    /** Makes it; returns the id of the long execution. */
    long make() {
        long begin = System.nanoTime();
        // Only the generator may lose what it has written last.
        this.jdbc.sql("SET synchronous_commit = off").update();
        long first = this.jdbc.sql("SELECT last_value + 1 FROM execution_id_seq").query(Long.class).single();
        long last = first + this.executions - 1;
        for (long start = first; start <= last; start += EXECUTIONS_AT_ONCE) {
            long end = Math.min(last, start + EXECUTIONS_AT_ONCE - 1);
            partitions(end);
            executions(start, end, first, last);
            tasks(start, end, (this.tasks - longTasks()) / this.executions);
            lines(start, end, Math.max(1, this.lines / this.tasks));
            if ((end - first + 1) % PER_RANGE == 0) {
                System.out.printf(Locale.ROOT, "  %d of %d executions, %d s%n", end - first + 1, this.executions,
                        (System.nanoTime() - begin) / 1_000_000_000);
            }
        }
        long longOne = last + 1;
        partitions(longOne);
        executions(longOne, longOne, first, longOne);
        tasks(longOne, longOne, longTasks());
        longLog(longOne);
        this.jdbc.sql("SELECT setval('execution_id_seq', :id)").param("id", longOne).query((row) -> {
        });
        List.of("execution", "task", "task_log")
            .forEach((table) -> this.jdbc.sql("VACUUM (ANALYZE, FREEZE) " + table).update());
        this.jdbc.sql("RESET synchronous_commit").update();
        System.out.printf(Locale.ROOT, "made in %d s: %s%n", (System.nanoTime() - begin) / 1_000_000_000, sizes());
        return longOne;
    }

    private long longTasks() {
        return this.tasks / 50;
    }

    private void partitions(long upTo) {
        this.jdbc.sql("SELECT setval('execution_id_seq', :id)").param("id", upTo).query((row) -> {
        });
        new Partitions(this.database).ensureAhead();
    }

    private void executions(long start, long end, long first, long last) {
        this.jdbc
            .sql("""
                    INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, discovered,
                        start_time, update_time, end_time, total, failed, succeed, unchanged)
                    SELECT i, m.policy_id, m.policy_name, m.policy, CASE WHEN i % 10 = 0 THEN 'partial' ELSE 'succeeded' END,
                        m.trigger, m.started_by, true, t.time, t.time, t.time + interval '10 minutes', 0, 0, 0, 0
                    FROM generate_series(:start::bigint, :end::bigint) AS i
                    JOIN (
                        SELECT e.*, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS number
                        FROM execution e WHERE e.id < :first) m ON m.place = i % m.number
                    CROSS JOIN LATERAL (
                        SELECT now() - interval '60 days' * ((:last - i)::float8 / (:last - :first + 1)) AS time) t
                    ORDER BY i
                    """)
            .param("start", start)
            .param("end", end)
            .param("first", first)
            .param("last", last)
            .update();
    }

    private void tasks(long start, long end, long each) {
        this.jdbc.sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state, status_text, attempt,
                    unchanged, creation_time, update_time, start_time, end_time)
                SELECT e.id, 'image', 'library/team-' || n % 100 || '/app-' || n,
                    'mirror/library/team-' || n % 100 || '/app-' || n,
                    CASE WHEN n % 50 = 7 THEN 'failed' WHEN n = :each THEN 'stopped' ELSE 'succeeded' END,
                    CASE WHEN n % 50 = 7 THEN 'put manifest 1.0: 503 the registry is busy' ELSE '' END, 1,
                    10, e.start_time, e.end_time, e.start_time, e.end_time
                FROM execution e CROSS JOIN generate_series(1, :each::bigint) AS n
                WHERE e.id >= :start AND e.id <= :end
                ORDER BY e.id, n
                """).param("start", start).param("end", end).param("each", each).update();
    }

    private void lines(long start, long end, long each) {
        this.jdbc.sql("""
                INSERT INTO task_log (execution_id, task_id, time, text)
                SELECT t.execution_id, t.id, t.start_time + n * interval '1 second',
                    'compared 1.' || n || ' of ' || t.src_resource || ': equal on both sides'
                FROM task t CROSS JOIN generate_series(1, :each::bigint) AS n
                WHERE t.execution_id >= :start AND t.execution_id <= :end
                ORDER BY t.execution_id, t.id, n
                """).param("start", start).param("end", end).param("each", each).update();
    }

    private void longLog(long execution) {
        this.jdbc.sql("""
                INSERT INTO task_log (execution_id, task_id, time, text)
                SELECT t.execution_id, t.id, t.start_time + n * interval '1 millisecond',
                    'copied 1.' || n || ' of ' || t.src_resource || ': 3 blobs sent, 5 mounted'
                FROM (SELECT * FROM task WHERE execution_id = :execution ORDER BY id LIMIT 1) t
                CROSS JOIN generate_series(1, :lines::bigint) AS n
                ORDER BY n
                """).param("execution", execution).param("lines", this.lines / 50).update();
    }

    private String sizes() {
        return this.jdbc.sql("""
                SELECT string_agg(format('%s %s rows, %s', root, rows, pg_size_pretty(bytes)), '; ' ORDER BY root)
                FROM (
                    SELECT r.root::text AS root, sum(greatest(c.reltuples, 0))::bigint AS rows,
                        sum(pg_total_relation_size(c.oid)) AS bytes
                    FROM (VALUES ('execution'::regclass), ('task'), ('task_log')) AS r (root)
                    CROSS JOIN LATERAL pg_partition_tree(r.root) p
                    JOIN pg_class c ON c.oid = p.relid AND c.relkind = 'r'
                    GROUP BY r.root
                    UNION ALL
                    SELECT 'execution', reltuples::bigint, pg_total_relation_size(oid) FROM pg_class
                    WHERE oid = 'execution'::regclass) s
                """).query(String.class).single();
    }

}
