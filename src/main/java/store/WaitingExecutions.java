package store;

/**
 * Lets executions begin that waited for the one before them of their policy. Safe on any
 * number of nodes at once: the second finds the row no longer waiting. One whose
 * predecessor ended at the very moment of its start is found by the sweep.
 */
final class WaitingExecutions {

    private final Database database;

    WaitingExecutions(Database database) {
        this.database = database;
    }

    /** Returns how many begin. */
    int release() {
        return this.database.sql("""
                WITH free AS (
                    UPDATE execution w SET waiting = false, status_text = '', update_time = now()
                    WHERE w.waiting AND w.state = 'pending' AND NOT EXISTS (
                        SELECT FROM execution o
                        WHERE o.policy_id = w.policy_id AND o.id < w.id
                        AND o.state IN ('pending', 'running', 'paused', 'stopping'))
                    RETURNING id, priority)
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                SELECT 'discover', id::text, now(), false, 1, priority FROM free
                ON CONFLICT (task_name, task_instance) DO NOTHING
                """).update();
    }

}
