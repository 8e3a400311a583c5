package store;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of db-scheduler. A job is only an alarm clock: its instance is the key of a
 * row, it carries no data.
 */
public final class JobQueue {

    private final JdbcClient jdbc;

    public JobQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Schedules, in the caller's transaction, that some node discovers an execution's
     * tasks now.
     */
    void discover(long executionId) {
        this.jdbc.sql("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                VALUES ('discover', :id, now(), false, 1, 100)
                """).param("id", String.valueOf(executionId)).update();
    }

    /**
     * Frees the jobs that were picked by a node that is gone. Only for a database that no
     * other node can be on: elsewhere their heartbeats decide.
     */
    public int releaseAll() {
        return this.jdbc.sql("""
                UPDATE scheduled_tasks
                SET picked = false, picked_by = NULL, last_heartbeat = NULL, execution_time = now(),
                    version = version + 1
                WHERE picked
                """).update();
    }

}
