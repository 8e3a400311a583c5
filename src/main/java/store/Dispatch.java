package store;

/**
 * Moves the next tasks from the backlog into the queue. By priority; among equals by
 * turn, so that each execution has its fair share whatever the length of its backlog;
 * never more at once than the cluster works off soon.
 * <p>
 * Safe for any number of nodes at once: one dispatches at a time, and its statement
 * begins after it has the lock, so that it counts what the one before it has moved.
 * (Taken within the statement, the lock would come after the snapshot.) Whoever does not
 * get the lock leaves the work to the one that has it. A running stop holds the
 * execution's row FOR UPDATE: it is skipped here, and so are tasks of an execution that
 * has just been stopped.
 * <p>
 * Cheap whatever the backlog's length: for each running execution only the head of the
 * partial index of pending tasks is read. The limit stands in the text and not in a
 * parameter, because the planner has to know that these are few.
 */
final class Dispatch {

    private final Database database;

    private final String sql;

    Dispatch(Database database, int limit) {
        this.database = database;
        this.sql = """
                WITH in_work AS (
                    SELECT e.id, work.tasks
                    FROM execution e
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS tasks FROM task t
                        WHERE t.execution_id = e.id AND t.state IN ('queued', 'running')) work
                    WHERE e.state IN ('pending', 'running', 'paused', 'stopping')),
                active AS (
                    SELECT id, priority FROM execution
                    WHERE state = 'running' AND failure IS NULL
                    FOR KEY SHARE SKIP LOCKED),
                candidate AS (
                    SELECT e.id AS execution_id, head.id, e.priority,
                        row_number() OVER (ORDER BY e.priority DESC, w.tasks + head.turn, e.id, head.id) AS place
                    FROM active e
                    JOIN in_work w ON w.id = e.id
                    CROSS JOIN LATERAL (
                        SELECT p.id, row_number() OVER (ORDER BY p.id) AS turn
                        FROM (
                            SELECT t.id FROM task t
                            WHERE t.execution_id = e.id AND t.state = 'pending'
                            ORDER BY t.id LIMIT {limit}) p) head
                    ORDER BY place LIMIT {limit}),
                moved AS (
                    UPDATE task t SET state = 'queued', update_time = now()
                    FROM candidate c
                    WHERE c.place <= {limit} - (SELECT coalesce(sum(tasks), 0) FROM in_work)
                    AND t.execution_id = c.execution_id AND t.id = c.id AND t.state = 'pending'
                    RETURNING t.execution_id, t.id, c.priority)
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                SELECT 'transfer', execution_id || '/' || id, now(), false, 1, priority FROM moved
                ON CONFLICT (task_name, task_instance) DO UPDATE SET execution_time = excluded.execution_time
                """.replace("{limit}", Integer.toString(limit));
    }

    int dispatch() {
        return this.database.inTransaction(() -> {
            boolean mine = this.database.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", Locks.DISPATCH)
                .query(Boolean.class)
                .single();
            return mine ? this.database.sql(this.sql).update() : 0;
        });
    }

}
