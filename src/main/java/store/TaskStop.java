package store;

import replication.execution.TaskKey;
import replication.execution.TaskState;

/**
 * Stops the tasks of an execution whose row the caller has locked: waiting ones at once,
 * running ones by a wish that their nodes ask for several times a second.
 */
final class TaskStop {

    private final Database database;

    private final TaskEnding ending;

    TaskStop(Database database) {
        this.database = database;
        this.ending = new TaskEnding(database);
    }

    void stop(long executionId, String statusText) {
        endTried(executionId, statusText);
        // One statement decides by each row as it stands once its lock is held: a task
        // that was claimed while this waited is running and gets the wish.
        this.database.sql("""
                UPDATE task
                SET state = CASE state WHEN 'running' THEN state ELSE 'stopped' END,
                    stop_requested = true,
                    status_text = CASE state WHEN 'running' THEN status_text ELSE :text END,
                    end_time = CASE state WHEN 'running' THEN NULL ELSE now() END,
                    update_time = now()
                WHERE execution_id = :execution AND state IN ('pending', 'queued', 'running', 'retrying', 'paused')
                """).param("execution", executionId).param("text", statusText).update();
    }

    // What has been tried before has outcomes that count.
    private void endTried(long executionId, String statusText) {
        this.database.sql("""
                SELECT id, attempt FROM task
                WHERE execution_id = :execution AND state IN ('pending', 'queued', 'retrying', 'paused') AND attempt > 0
                ORDER BY id
                FOR UPDATE
                """)
            .param("execution", executionId)
            .query((row, number) -> new Tried(new TaskKey(executionId, row.getLong("id")), row.getInt("attempt")))
            .list()
            .forEach((task) -> this.ending.end(task.key(), task.attempt(), TaskState.STOPPED, statusText, 0));
    }

    private record Tried(TaskKey key, int attempt) {
    }

}
