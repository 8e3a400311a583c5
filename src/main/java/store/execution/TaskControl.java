package store.execution;

import replication.Refusal;
import replication.access.Caller;
import replication.execution.state.ExecutionState;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.TaskKey;
import store.sql.Changes;
import store.sql.Database;
import store.task.TaskEnding;

/**
 * Stops, pauses, resumes or retries one task. The execution's row is locked first, then
 * the task's, so that neither ends before this has committed.
 */
final class TaskControl {

    private final Database database;

    private final RetryOverlap overlap;

    private final ExecutionRow execution;

    private final TaskEnding ending;

    private final ExecutionSummary summary;

    private final Changes changes;

    TaskControl(Database database) {
        this.database = database;
        this.overlap = new RetryOverlap(database);
        this.execution = new ExecutionRow(database);
        this.ending = new TaskEnding(database);
        this.summary = new ExecutionSummary(database);
        this.changes = new Changes(database);
    }

    void operate(TaskKey key, Operation operation, Caller caller) {
        this.database.inTransaction(() -> {
            if (operation == Operation.RETRY) {
                this.overlap.hold(key.executionId());
            }
            ExecutionState around = this.execution.lock(key.executionId());
            Row task = lock(key);
            boolean open = around != ExecutionState.STOPPING && !around.terminal();
            boolean done = switch (operation) {
                case STOP -> task.state.terminal() || (open && stop(key, task, "stopped by " + caller.name()));
                case PAUSE -> open && pause(key, task);
                case RESUME -> open && resume(key, task);
                case RETRY -> around != ExecutionState.STOPPING && retry(key, task, around, caller);
            };
            if (!done) {
                throw new Refusal.Conflict("task %s is %s in an execution that is %s: %s is not possible".formatted(key,
                        task.state.id(), around.id(), operation.id()));
            }
            this.changes.task(key.executionId(), key.taskId(), caller, lock(key).state.id(), operation.id());
            this.summary.refresh(key.executionId());
        });
    }

    private Row lock(TaskKey key) {
        return this.database.sql("""
                SELECT state, attempt FROM task WHERE execution_id = :execution AND id = :task FOR UPDATE
                """)
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .query((row, number) -> new Row(TaskState.of(row.getString("state")), row.getInt("attempt")))
            .optional()
            .orElseThrow(() -> new Refusal.Missing("task", key.taskId()));
    }

    private boolean stop(TaskKey key, Row task, String text) {
        if (task.state == TaskState.RUNNING) {
            return update(key, "stop_requested = true");
        }
        this.ending.stop(key, task.attempt, text);
        return true;
    }

    private boolean pause(TaskKey key, Row task) {
        if (task.state == TaskState.RUNNING) {
            return update(key, "wish = 'pause'");
        }
        return task.state == TaskState.PAUSED
                || (task.state.mayBecome(TaskState.PAUSED) && update(key, "state = 'paused', retry_time = NULL"));
    }

    private boolean resume(TaskKey key, Row task) {
        if (task.state == TaskState.PAUSED) {
            return update(key, "state = 'pending', status_text = '', hint = ''");
        }
        if (task.state == TaskState.RUNNING) {
            return update(key, "wish = nullif(wish, 'pause')");
        }
        return !task.state.terminal();
    }

    private boolean retry(TaskKey key, Row task, ExecutionState around, Caller caller) {
        if (task.state == TaskState.RETRYING) {
            return update(key, "failures = 0, retry_time = now()");
        }
        // A task that failed without an attempt conflicts with another task for its
        // destination.
        boolean hopeless = task.state == TaskState.FAILED && task.attempt == 0;
        return task.state.retriable() && !hopeless && again(key, around, caller);
    }

    private boolean again(TaskKey key, ExecutionState around, Caller caller) {
        ListingState listing = ListingState.of(this.database, key.executionId());
        if (around.terminal() && !listing.complete()) {
            throw new Refusal.Conflict(
                    "the listing of execution %d is not complete: retry the execution".formatted(key.executionId()));
        }
        if (listing.failed()) {
            throw new Refusal.Conflict(
                    "the listing of execution %d has failed: retry the execution when its last tasks have ended"
                        .formatted(key.executionId()));
        }
        if (around.terminal()) {
            reopen(key.executionId(), caller);
        }
        return update(key,
                "state = 'pending', status_text = '', hint = '', stop_requested = false, wish = NULL, failures = 0, "
                        + "end_time = NULL");
    }

    private void reopen(long executionId, Caller caller) {
        this.database
            .sql("""
                    UPDATE execution
                    SET state = 'running', status_text = '', hint = '', end_time = NULL, waiting = false, update_time = now()
                    WHERE id = :id
                    """)
            .param("id", executionId)
            .update();
        this.changes.execution(executionId, caller, "running", "retries one task");
    }

    private boolean update(TaskKey key, String set) {
        return this.database
            .sql("UPDATE task SET " + set + ", update_time = now() WHERE execution_id = :execution AND id = :task")
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .update() == 1;
    }

    private record Row(TaskState state, int attempt) {
    }

}
