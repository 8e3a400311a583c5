package store.task;

import java.util.Map;

import replication.execution.task.TaskKey;
import store.sql.Database;

/**
 * Finds tasks and executions whose job is missing, for example after a restored backup or
 * an operator's change to the queue. Rows that changed within a minute are left alone,
 * because their job may be about to be written.
 */
public final class LostJobs {

    private final Database database;

    private final JobQueue queue;

    private final TaskStop taskStop;

    private final TaskEnding ending;

    public LostJobs(Database database) {
        this.database = database;
        this.queue = new JobQueue(database);
        this.taskStop = new TaskStop(database);
        this.ending = new TaskEnding(database);
    }

    public void recover() {
        discoveries();
        stopped();
        tried();
        tasks();
    }

    private void discoveries() {
        this.database.sql("""
                SELECT e.id FROM execution e
                WHERE e.state IN ({execution going on}) AND NOT e.discovered AND NOT e.waiting
                AND e.failure IS NULL
                AND e.update_time < now() - interval '1 minute'
                AND NOT EXISTS (
                    SELECT FROM scheduled_tasks WHERE task_name = 'discover' AND task_instance = e.id::text)
                """).query(Long.class).list().forEach(this.queue::discover);
    }

    // The owner was asked to stop and is gone, so nothing else will end the task.
    private void stopped() {
        this.database.inTransaction(() -> this.database.sql("""
                SELECT t.execution_id, t.id, t.attempt, e.status_text
                FROM execution e
                JOIN LATERAL (
                    SELECT * FROM task
                    WHERE execution_id = e.id AND state IN ({task in work})) t ON true
                WHERE e.state IN ({execution open})
                AND t.stop_requested AND t.update_time < now() - interval '1 minute'
                AND NOT EXISTS (
                    SELECT FROM scheduled_tasks
                    WHERE task_name = 'transfer' AND task_instance = t.execution_id || '/' || t.id)
                """)
            .query((row, number) -> new Stopped(new TaskKey(row.getLong("execution_id"), row.getLong("id")),
                    row.getInt("attempt"), row.getString("status_text")))
            .list()
            .forEach((task) -> end(task)));
    }

    // Ends tasks without an owner that TaskStop had no time for, or whose node died
    // meanwhile.
    private void tried() {
        this.database
            .sql("""
                    SELECT e.id, CASE e.state WHEN 'stopping' THEN e.status_text ELSE 'not started: ' || e.failure END AS text
                    FROM execution e
                    WHERE (e.state = 'stopping' OR e.state IN ({execution not stopping}) AND e.failure IS NOT NULL)
                    AND EXISTS (
                        SELECT FROM task
                        WHERE execution_id = e.id AND state IN ({task without owner})
                        AND stop_requested AND attempt > 0)
                    """)
            .query((row, number) -> Map.entry(row.getLong("id"), row.getString("text")))
            .list()
            .forEach((each) -> this.taskStop.endTried(each.getKey(), each.getValue()));
    }

    private void end(Stopped task) {
        boolean held = this.database.sql("""
                SELECT id FROM task
                WHERE execution_id = :execution AND id = :task AND attempt = :attempt AND stop_requested
                AND state IN ({task in work})
                FOR UPDATE SKIP LOCKED
                """)
            .param("execution", task.key().executionId())
            .param("task", task.key().taskId())
            .param("attempt", task.attempt())
            .query(Long.class)
            .optional()
            .isPresent();
        if (held) {
            this.ending.stop(task.key(), task.attempt(), task.statusText());
        }
    }

    // Moves tasks without a job back into the backlog. A node that still works on such a
    // task has lost it: its writes require a running row with its name. A task that is
    // retrying has no job until its next attempt is due.
    private void tasks() {
        this.database.sql("""
                WITH lost AS (
                    SELECT t.execution_id, t.id
                    FROM execution e
                    JOIN LATERAL (
                        SELECT * FROM task
                        WHERE execution_id = e.id AND state IN ({task dispatched})) t ON true
                    WHERE e.state IN ({execution not stopping})
                    AND NOT t.stop_requested AND t.update_time < now() - interval '1 minute'
                    AND NOT EXISTS (
                        SELECT FROM scheduled_tasks
                        WHERE task_name = 'transfer' AND task_instance = t.execution_id || '/' || t.id))
                UPDATE task t
                SET state = CASE WHEN wish = 'pause' THEN 'paused' ELSE 'pending' END, wish = NULL, owner = NULL,
                    retry_time = NULL, update_time = now()
                FROM lost
                WHERE t.execution_id = lost.execution_id AND t.id = lost.id
                AND t.state IN ({task dispatched})
                """).update();
    }

    private record Stopped(TaskKey key, int attempt, String statusText) {
    }

}
