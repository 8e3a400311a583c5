package store.task;

import store.sql.Database;

/**
 * Frees the jobs that a vanished node had picked. Only for a database that no other node
 * can use, such as the embedded one behind its lock; elsewhere heartbeats decide.
 */
public final class AbandonedJobs {

    private final Database database;

    public AbandonedJobs(Database database) {
        this.database = database;
    }

    public int release() {
        return this.database.sql("""
                UPDATE scheduled_tasks
                SET picked = false, picked_by = NULL, last_heartbeat = NULL, execution_time = now(),
                    version = version + 1
                WHERE picked
                """).update();
    }

}
