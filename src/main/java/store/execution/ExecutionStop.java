package store.execution;

import replication.access.Caller;
import replication.execution.state.ExecutionState;
import store.sql.Changes;
import store.sql.Columns;
import store.sql.Database;
import store.task.JobQueue;
import store.task.TaskStop;

/** Stops an execution with all its tasks. */
public final class ExecutionStop {

    private final Database database;

    private final ExecutionRow row;

    private final TaskStop taskStop;

    private final JobQueue queue;

    private final ExecutionSummary summary;

    private final Changes changes;

    public ExecutionStop(Database database) {
        this.database = database;
        this.row = new ExecutionRow(database);
        this.taskStop = new TaskStop(database);
        this.queue = new JobQueue(database);
        this.summary = new ExecutionSummary(database);
        this.changes = new Changes(database);
    }

    /** Stops an execution; one that is stopping or has ended stays as it is. */
    void stop(long id, Caller caller) {
        String text = Columns.text("stopped by " + caller.name());
        if (ask(id, caller, text)) {
            this.taskStop.endTried(id, text);
            this.summary.refresh(id);
        }
    }

    /**
     * Stops an execution within the transaction of the start that replaces it. The sweep
     * ends the tasks that were tried before, so that the start does not hold its locks
     * for long.
     */
    public void replace(long id, Caller caller, long successor) {
        ask(id, caller, Columns.text("replaced by execution " + successor + " of " + caller.name()));
    }

    // FOR UPDATE on the execution keeps Dispatch and TaskBacklog away until the commit;
    // afterwards they see that it is stopping. A claim in between is found on the task's
    // own row, see TaskStop.
    private boolean ask(long id, Caller caller, String statusText) {
        return this.database.inTransaction(() -> {
            boolean stops = this.row.lock(id).mayBecome(ExecutionState.STOPPING);
            if (stops) {
                askOpen(id, caller, statusText);
            }
            return stops;
        });
    }

    private void askOpen(long id, Caller caller, String statusText) {
        this.database.sql("""
                UPDATE execution SET state = 'stopping', status_text = :text, hint = '', update_time = now()
                WHERE id = :id AND state IN ({execution to stopping})
                """).param("id", id).param("text", statusText).update();
        this.changes.execution(id, caller, "stopping", statusText);
        this.taskStop.ask(id, statusText);
        this.queue.withdraw(id);
        // An execution without a running task or a listing ends here.
        this.summary.refresh(id);
    }

}
