package store.execution;

import replication.Refusal;
import replication.access.Caller;
import replication.execution.state.ExecutionState;
import store.sql.Changes;
import store.sql.Database;
import store.task.JobQueue;

/**
 * Retries only the failed and stopped tasks of an execution. Artifacts that were copied
 * before are found equal and counted once. A task that failed because another task has
 * its destination is left out, since it would make the other fail.
 */
final class ExecutionRetry {

    private final Database database;

    private final RetryOverlap overlap;

    private final ExecutionRow row;

    private final JobQueue queue;

    private final ExecutionSummary summary;

    private final Changes changes;

    ExecutionRetry(Database database) {
        this.database = database;
        this.overlap = new RetryOverlap(database);
        this.row = new ExecutionRow(database);
        this.queue = new JobQueue(database);
        this.summary = new ExecutionSummary(database);
        this.changes = new Changes(database);
    }

    void retry(long id, Caller caller) {
        this.database.inTransaction(() -> {
            this.overlap.hold(id);
            ExecutionState state = this.row.lock(id);
            if (state == ExecutionState.STOPPING || state == ExecutionState.PAUSED) {
                throw new Refusal.Conflict("execution %d is %s; it can be retried when it %s".formatted(id, state.id(),
                        (state == ExecutionState.PAUSED) ? "has been resumed" : "has ended"));
            }
            ListingState listing = ListingState.of(this.database, id);
            if (!state.terminal() && listing.failed()) {
                throw new Refusal.Conflict(
                        "the listing of execution %d has failed; it can be retried when its last tasks have ended"
                            .formatted(id));
            }
            boolean lists = !listing.complete();
            int again = tasks(id);
            if (state.terminal()) {
                reopen(id, caller, again, lists);
            }
            else if (again == 0) {
                throw nothing(id);
            }
            else {
                this.changes.execution(id, caller, state.id(), "retries " + again + " tasks");
            }
            this.summary.refresh(id);
        });
    }

    private int tasks(long id) {
        return this.database.sql("""
                UPDATE task
                SET state = CASE state WHEN 'retrying' THEN state ELSE 'pending' END,
                    retry_time = CASE state WHEN 'retrying' THEN now() END,
                    status_text = CASE state WHEN 'retrying' THEN status_text ELSE '' END,
                    hint = CASE state WHEN 'retrying' THEN hint ELSE '' END,
                    stop_requested = false, wish = NULL, failures = 0, end_time = NULL, update_time = now()
                WHERE execution_id = :id
                AND (state IN ({task not done}) AND (state <> 'failed' OR attempt > 0) OR state = 'retrying')
                """).param("id", id).update();
    }

    private void reopen(long id, Caller caller, int again, boolean lists) {
        if (again == 0 && !lists) {
            throw nothing(id);
        }
        String state = this.database
            .sql("""
                    UPDATE execution
                    SET state = CASE WHEN :lists THEN 'pending' ELSE 'running' END, discovered = NOT :lists, failure = NULL,
                        status_text = '', hint = '', end_time = NULL, waiting = false, put_off_since = NULL, next_listing = NULL,
                        update_time = now()
                    WHERE id = :id
                    RETURNING state
                    """)
            .param("id", id)
            .param("lists", lists)
            .query(String.class)
            .single();
        this.changes.execution(id, caller, state,
                lists ? "retries the listing and " + again + " tasks" : "retries " + again + " tasks");
        this.queue.discover(id);
    }

    private static Refusal.Conflict nothing(long id) {
        return new Refusal.Conflict("nothing of execution " + id + " has failed or was stopped");
    }

}
