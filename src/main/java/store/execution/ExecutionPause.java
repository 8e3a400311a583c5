package store.execution;

import replication.Refusal;
import replication.access.Caller;
import replication.execution.state.ExecutionState;
import store.sql.Changes;
import store.sql.Columns;
import store.sql.Database;
import store.task.Dispatch;
import store.task.JobQueue;

/**
 * Pauses and resumes an execution. Nodes ask several times a second whether to hand a
 * running task back. Waiting tasks go on waiting, because {@link Dispatch} takes none of
 * a paused execution. A listing ends at its next page and begins again after the pause.
 */
final class ExecutionPause {

    private final Database database;

    private final ExecutionRow row;

    private final JobQueue queue;

    private final ExecutionSummary summary;

    private final Changes changes;

    ExecutionPause(Database database) {
        this.database = database;
        this.row = new ExecutionRow(database);
        this.queue = new JobQueue(database);
        this.summary = new ExecutionSummary(database);
        this.changes = new Changes(database);
    }

    void pause(long id, Caller caller) {
        this.database.inTransaction(() -> {
            ExecutionState state = this.row.lock(id);
            if (state.mayBecome(ExecutionState.PAUSED)) {
                pauseOpen(id, caller);
            }
            else if (state != ExecutionState.PAUSED) {
                throw cannot(id, state, "paused");
            }
        });
    }

    private void pauseOpen(long id, Caller caller) {
        this.database.sql("""
                UPDATE execution SET state = 'paused', status_text = :text, hint = '', update_time = now()
                WHERE id = :id AND state IN ({execution to paused})
                """).param("id", id).param("text", Columns.text("paused by " + caller.name())).update();
        this.changes.execution(id, caller, "paused", "paused by " + caller.name());
        // One statement decides by each row as it is once its lock is held: a task that
        // was claimed while this statement waited is running and gets the wish.
        this.database.sql("""
                UPDATE task
                SET state = CASE state WHEN 'queued' THEN 'pending' ELSE state END,
                    wish = CASE WHEN state = 'running' AND wish IS NULL THEN 'yield' ELSE wish END,
                    update_time = now()
                WHERE execution_id = :id AND state IN ({task dispatched})
                """).param("id", id).update();
        this.queue.withdraw(id);
        this.summary.refresh(id);
    }

    void resume(long id, Caller caller) {
        this.database.inTransaction(() -> {
            ExecutionState state = this.row.lock(id);
            if (state == ExecutionState.PAUSED) {
                continueWork(id, caller);
            }
            else if (state == ExecutionState.STOPPING || state.terminal()) {
                throw cannot(id, state, "resumed");
            }
        });
    }

    // An execution whose listing has failed is not listed again; it ends with its last
    // task. A node that has already seen the wish still hands its task back.
    private void continueWork(long id, Caller caller) {
        String state = this.database.sql("""
                UPDATE execution
                SET state = CASE WHEN discovered OR failure IS NOT NULL THEN 'running' ELSE 'pending' END,
                    status_text = '', hint = '', put_off_since = NULL, next_listing = NULL, update_time = now()
                WHERE id = :id
                RETURNING state
                """).param("id", id).query(String.class).single();
        this.changes.execution(id, caller, state, "resumed");
        this.database.sql("""
                UPDATE task SET wish = NULL WHERE execution_id = :id AND state = 'running' AND wish = 'yield'
                """).param("id", id).update();
        this.queue.discover(id);
        this.summary.refresh(id);
    }

    private static Refusal.Conflict cannot(long id, ExecutionState state, String what) {
        return new Refusal.Conflict("execution %d is %s and cannot be %s".formatted(id, state.id(), what));
    }

}
