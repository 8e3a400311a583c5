package store;

/** Stops an execution and all that waits or runs in it. */
final class ExecutionStop {

    private final Database database;

    private final ExecutionRow row;

    private final TaskStop taskStop;

    private final JobQueue queue;

    private final Summary summary;

    private final Changes changes;

    ExecutionStop(Database database) {
        this.database = database;
        this.row = new ExecutionRow(database);
        this.taskStop = new TaskStop(database);
        this.queue = new JobQueue(database);
        this.summary = new Summary(database);
        this.changes = new Changes(database);
    }

    /** Of one that has ended already, or is about to, nothing changes. */
    void stop(long id, String who) {
        stop(id, who, "stopped by " + who);
    }

    void replace(long id, String who, long successor) {
        stop(id, who, "replaced by execution " + successor + " of " + who);
    }

    // FOR UPDATE on the execution keeps Dispatch and TaskBacklog off until this has
    // committed; afterwards they see that it is stopping. A claim that comes between is
    // caught on the task's own row, see TaskStop.
    private void stop(long id, String who, String statusText) {
        this.database.inTransaction(() -> {
            switch (this.row.lock(id)) {
                case PENDING, RUNNING, PAUSED -> stopOpen(id, who, Columns.text(statusText));
                case STOPPING, SUCCEEDED, PARTIAL, FAILED, STOPPED -> {
                }
            }
        });
    }

    private void stopOpen(long id, String who, String statusText) {
        this.database.sql("""
                UPDATE execution SET state = 'stopping', status_text = :text, update_time = now() WHERE id = :id
                """).param("id", id).param("text", statusText).update();
        this.changes.execution(id, who, "stopping", statusText);
        this.taskStop.stop(id, statusText);
        this.queue.withdraw(id);
        // Where nothing runs and nobody discovers, this ends it at once.
        this.summary.refresh(id);
    }

}
