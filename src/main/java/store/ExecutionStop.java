package store;

import replication.Refusal;

/** Stops an execution and all that waits or runs in it. */
final class ExecutionStop {

    private final Database database;

    private final TaskStop taskStop;

    private final JobQueue queue;

    private final Summary summary;

    ExecutionStop(Database database) {
        this.database = database;
        this.taskStop = new TaskStop(database);
        this.queue = new JobQueue(database);
        this.summary = new Summary(database);
    }

    // FOR UPDATE on the execution keeps Dispatch and TaskBacklog off until this has
    // committed; afterwards they see that it is stopping. A claim that comes between is
    // caught on the task's own row, see TaskStop.
    void stop(long id, String who) {
        this.database.inTransaction(() -> {
            String state = this.database.sql("SELECT state FROM execution WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refusal.Missing("execution", id));
            switch (state) {
                case "pending", "running", "paused" -> stopOpen(id, "stopped by " + who);
                default -> {
                }
            }
        });
    }

    private void stopOpen(long id, String statusText) {
        this.database.sql("""
                UPDATE execution SET state = 'stopping', status_text = :text, update_time = now() WHERE id = :id
                """).param("id", id).param("text", statusText).update();
        this.taskStop.stop(id, statusText);
        this.queue.withdraw(id);
        // Where nothing runs and nobody discovers, this ends it at once.
        this.summary.refresh(id);
    }

}
