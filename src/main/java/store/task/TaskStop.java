package store.task;

import java.util.List;

import replication.execution.task.TaskKey;
import store.sql.Database;

/**
 * Stops the tasks of an execution: waiting ones at once, running ones by a wish that
 * their nodes read several times a second. A waiting task that was tried before has
 * outcomes to count, so it is ended after the wish is committed, because there may be
 * many such tasks.
 */
public final class TaskStop {

    /** How many tasks one transaction ends. */
    private static final int AT_ONCE = 200;

    private final Database database;

    private final TaskEnding ending;

    public TaskStop(Database database) {
        this.database = database;
        this.ending = new TaskEnding(database);
    }

    /**
     * Stops the tasks that were never tried and asks all others to stop, within the
     * transaction that holds the execution's row. Call {@link #endTried} afterwards; the
     * sweep does its work as well.
     */
    public void ask(long executionId, String statusText) {
        // One statement decides by each row as it is once its lock is held: a task that
        // was claimed or given back while this statement waited gets the wish.
        this.database.sql("""
                UPDATE task
                SET state = CASE WHEN attempt = 0 THEN 'stopped' ELSE state END,
                    stop_requested = true,
                    status_text = CASE WHEN attempt = 0 THEN :text ELSE status_text END,
                    hint = CASE WHEN attempt > 0 THEN hint ELSE '' END,
                    end_time = CASE WHEN attempt = 0 THEN now() END,
                    update_time = now()
                WHERE execution_id = :execution AND state IN ({task to stopped})
                """).param("execution", executionId).param("text", statusText).update();
    }

    /** Ends the tasks that were asked to stop and have no owner. */
    public void endTried(long executionId, String statusText) {
        int ended;
        do {
            ended = this.database.inTransaction(() -> endSome(executionId, statusText));
        }
        while (ended == AT_ONCE);
    }

    private int endSome(long executionId, String statusText) {
        List<Tried> tried = this.database.sql("""
                SELECT id, attempt FROM task
                WHERE execution_id = :execution AND state IN ({task without owner})
                AND stop_requested AND attempt > 0
                ORDER BY id
                LIMIT :most
                FOR UPDATE
                """)
            .param("execution", executionId)
            .param("most", AT_ONCE)
            .query((row, number) -> new Tried(new TaskKey(executionId, row.getLong("id")), row.getInt("attempt")))
            .list();
        tried.forEach((task) -> this.ending.stop(task.key(), task.attempt(), statusText));
        return tried.size();
    }

    private record Tried(TaskKey key, int attempt) {
    }

}
