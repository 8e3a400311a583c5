package store;

import replication.execution.Claim;
import replication.execution.TaskState;

/** Writes what a task's owner says of its end. */
final class TaskFinish {

    private final Database database;

    private final Fence fence;

    private final TaskEnding ending;

    TaskFinish(Database database) {
        this.database = database;
        this.fence = new Fence(database);
        this.ending = new TaskEnding(database);
    }

    void finish(Claim claim, TaskState end, String statusText, long unchanged) {
        this.database.inTransaction(() -> {
            this.fence.pass(claim);
            if (end.terminal()) {
                this.ending.end(claim.key(), claim.attempt(), end, statusText, unchanged);
            }
            else if (stopRequested(claim)) {
                // Nothing takes it out of the backlog again once its execution is
                // stopping.
                this.ending.end(claim.key(), claim.attempt(), TaskState.STOPPED, "stopped", unchanged);
            }
            else {
                giveBack(claim, end, statusText);
            }
        });
    }

    private boolean stopRequested(Claim claim) {
        return this.database.sql("SELECT stop_requested FROM task WHERE execution_id = :execution AND id = :task")
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .query(Boolean.class)
            .single();
    }

    // Retried later or left to another node: what was announced stays for that attempt to
    // settle.
    private void giveBack(Claim claim, TaskState next, String statusText) {
        this.database.sql("""
                UPDATE task SET state = :state, status_text = :text, owner = NULL, update_time = now()
                WHERE execution_id = :execution AND id = :task
                """)
            .param("state", next.id())
            .param("text", Columns.text(statusText))
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .update();
    }

}
