package store.task;

import store.sql.Database;

/**
 * The jobs in db-scheduler's table, written in the transaction of the row that they
 * serve. A job is due by the database's clock and carries only its name and instance.
 * {@link Dispatch} writes the jobs of transfers itself.
 */
public final class JobQueue {

    private final Database database;

    public JobQueue(Database database) {
        this.database = database;
    }

    /**
     * Adds the job that discovers an execution's tasks, unless they are discovered or the
     * execution waits. A discovery that was put off is not due before its time. An
     * existing job stays as it is.
     */
    public void discover(long executionId) {
        this.database.sql("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                SELECT 'discover', id::text, greatest(now(), next_listing), false, 1, priority FROM execution
                WHERE id = :id AND state IN ({execution going on}) AND NOT discovered AND NOT waiting
                AND failure IS NULL
                ON CONFLICT (task_name, task_instance) DO NOTHING
                """).param("id", executionId).update();
    }

    /**
     * Removes an execution's jobs from the queue, except those that a node works on. If
     * one is picked at this moment, its handler finds nothing to do. The job of a task
     * whose attempt has broken off becomes due now, because nothing else would end the
     * task.
     */
    public void withdraw(long executionId) {
        this.database.sql("""
                UPDATE scheduled_tasks SET execution_time = least(execution_time, now()), version = version + 1
                WHERE NOT picked AND task_name = 'transfer' AND task_instance IN (
                    SELECT execution_id || '/' || id FROM task
                    WHERE execution_id = :id::bigint AND state = 'running')
                """).param("id", executionId).update();
        this.database.sql("""
                DELETE FROM scheduled_tasks
                WHERE NOT picked
                AND (task_name = 'discover' AND task_instance = :id::text
                    OR task_name = 'transfer' AND starts_with(task_instance, :id || '/')
                        AND task_instance NOT IN (
                            SELECT execution_id || '/' || id FROM task
                            WHERE execution_id = :id::bigint AND state = 'running'))
                """).param("id", Long.toString(executionId)).update();
    }

}
