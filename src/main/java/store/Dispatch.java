package store;

import java.util.Objects;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Moves the next tasks from the backlog into the queue. Executions of the highest
 * priority come first; among equals the one with the fewest tasks in work, so a large one
 * starves no small one. The queue is kept short: what is in it cannot be overtaken any
 * more.
 *
 * <p>
 * Safe on many nodes: the advisory lock lets one of them at a time count the room; the
 * others do nothing, for their turn comes at the next tick. The lock is taken by a
 * statement of its own, so that the one that counts sees what the holder before has
 * moved. A task that was stopped in between is not {@code pending} any more when its row
 * is locked.
 */
final class Dispatch {

    private static final long LOCK = 0x6472_6179_0002L;

    private static final String SQL = """
            WITH active AS MATERIALIZED (
                SELECT e.id, count(t.id) AS tasks
                FROM execution e
                LEFT JOIN task t ON t.execution_id = e.id AND t.state IN ('queued', 'running')
                WHERE e.end_time IS NULL
                GROUP BY e.id
            ), room AS MATERIALIZED (
                SELECT greatest(0, :queue - coalesce(sum(tasks), 0)) AS free FROM active
            ), next AS (
                SELECT c.execution_id, c.id, e.priority,
                       a.tasks + row_number() OVER (PARTITION BY c.execution_id ORDER BY c.id) AS turn
                FROM execution e
                JOIN active a ON a.id = e.id
                CROSS JOIN LATERAL (
                    SELECT t.execution_id, t.id FROM task t
                    WHERE t.execution_id = e.id AND t.state = 'pending'
                    ORDER BY t.id LIMIT (SELECT free FROM room)) c
                WHERE e.end_time IS NULL AND e.state = 'running'
                ORDER BY e.priority DESC, turn, c.execution_id, c.id
                LIMIT (SELECT free FROM room)
            ), moved AS (
                UPDATE task t SET state = 'queued', state_time = now()
                FROM next n
                WHERE t.execution_id = n.execution_id AND t.id = n.id AND t.state = 'pending'
                RETURNING t.execution_id, t.id, n.priority
            )
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
            SELECT 'transfer', execution_id || '/' || id, now(), false, 1, priority FROM moved
            ON CONFLICT DO NOTHING
            """;

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    private final int queue;

    /**
     * Keeps a queue of this length.
     * @param queue tasks queued or running at most, in the whole cluster
     */
    Dispatch(JdbcClient jdbc, TransactionOperations transactions, int queue) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.queue = queue;
    }

    int dispatch() {
        return Objects.requireNonNull(this.transactions.execute((_) -> mine() ? move() : 0));
    }

    private boolean mine() {
        return this.jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
            .param("lock", LOCK)
            .query(Boolean.class)
            .single();
    }

    private int move() {
        return this.jdbc.sql(SQL).param("queue", this.queue).update();
    }

}
