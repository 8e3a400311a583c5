package store.execution;

import java.time.Duration;
import java.util.Set;

import oci.model.Reason;
import replication.access.Caller;
import store.sql.Changes;
import store.sql.Database;
import store.task.JobQueue;
import store.task.TaskStop;

/** The progress of discovery in an execution's own row. */
final class DiscoveryTable {

    /**
     * Excludes an execution whose listing is complete or belongs to another node: a node
     * that has lost the job must not end it.
     */
    private static final String ITS = """
            NOT discovered AND NOT EXISTS (
                SELECT FROM scheduled_tasks
                WHERE task_name = 'discover' AND task_instance = execution.id::text AND picked AND picked_by <> :node)
            """;

    private final Database database;

    private final String node;

    private final Duration patience;

    private final TaskStop taskStop;

    private final ExecutionSummary summary;

    private final JobQueue queue;

    private final Changes changes;

    /**
     * Opens the table.
     * @param node the name under which this node holds jobs
     * @param patience how long a failing listing is tried again
     */
    DiscoveryTable(Database database, String node, Duration patience) {
        this.node = node;
        this.patience = patience;
        this.database = database;
        this.taskStop = new TaskStop(database);
        this.summary = new ExecutionSummary(database);
        this.queue = new JobQueue(database);
        this.changes = new Changes(database);
    }

    // An execution that is running but not discovered belonged to a node that died; the
    // next node goes on from there.
    boolean begin(long id) {
        return this.database.inTransaction(() -> {
            boolean begins = this.database.sql("""
                    UPDATE execution SET state = 'running', update_time = now()
                    WHERE id = :id AND state IN ({execution going on}) AND NOT discovered AND NOT waiting
                    AND failure IS NULL
                    """).param("id", id).update() == 1;
            if (begins) {
                this.changes.execution(id, Caller.DRAYAGE, "running", "lists the source");
            }
            return begins;
        });
    }

    // A pause followed by a resume while its job still existed leaves an execution
    // without a job.
    void ensure(long id) {
        this.queue.discover(id);
    }

    Set<Long> underWay(Set<Long> ids) {
        return Set.copyOf(this.database.sql("""
                SELECT id FROM execution WHERE id = ANY (:ids) AND state = 'running' AND NOT discovered
                """).param("ids", ids.toArray(Long[]::new)).query(Long.class).list());
    }

    void end(long id, String lacks) {
        this.database
            .sql("""
                    UPDATE execution
                    SET discovered = true, list_lacks = :lacks, status_text = CASE state WHEN 'running' THEN '' ELSE status_text END,
                        hint = CASE state WHEN 'running' THEN '' ELSE hint END,
                        update_time = now()
                    WHERE id = :id AND state IN ({execution begun})
                    """)
            .param("id", id)
            .param("lacks", lacks)
            .update();
    }

    /**
     * Lists the execution again later: after half the time since its first failure, so
     * that the pauses grow, but within a minute.
     * @return false if the listing has been tried for long enough
     */
    boolean putOff(long id, Reason why) {
        return this.database.inTransaction(() -> {
            boolean goesOn = this.database.sql("""
                    SELECT put_off_since IS NULL OR put_off_since > now() - :patience * interval '1 millisecond'
                    FROM execution WHERE id = :id AND {its} FOR NO KEY UPDATE
                    """.replace("{its}", ITS))
                .param("id", id)
                .param("node", this.node)
                .param("patience", this.patience.toMillis())
                .query(Boolean.class)
                .optional()
                .orElse(true);
            if (!goesOn || !this.patience.isPositive()) {
                return false;
            }
            this.database.sql("""
                    UPDATE execution
                    SET put_off_since = coalesce(put_off_since, now()), update_time = now(),
                        next_listing = now()
                            + least(interval '1 minute', greatest(interval '2 seconds', (now() - put_off_since) / 2)),
                        status_text = :why, hint = :hint
                    WHERE id = :id AND {its} AND state = 'running'
                    """.replace("{its}", ITS))
                .param("id", id)
                .param("node", this.node)
                .param("why", why.text())
                .param("hint", why.hint())
                .update();
            return true;
        });
    }

    /**
     * Stops waiting tasks and asks running ones to stop. The execution ends as failed
     * with its last task, or as stopped if it was stopping.
     */
    void fail(long id, Reason why) {
        String text = "not started: " + why.text();
        boolean failed = this.database.inTransaction(() -> {
            // FOR UPDATE keeps Dispatch and TaskBacklog away while the tasks are stopped.
            boolean open = this.database.sql("""
                    SELECT id FROM execution
                    WHERE id = :id AND state IN ({execution not held}) AND {its}
                    FOR UPDATE
                    """.replace("{its}", ITS))
                .param("id", id)
                .param("node", this.node)
                .query(Long.class)
                .optional()
                .isPresent();
            if (open) {
                this.database
                    .sql("""
                            UPDATE execution
                            SET state = CASE state WHEN 'pending' THEN 'running' ELSE state END,
                                discovered = discovered OR state = 'stopping', failure = :why, hint = :hint, update_time = now()
                            WHERE id = :id
                            """)
                    .param("id", id)
                    .param("why", why.text())
                    .param("hint", why.hint())
                    .update();
                this.taskStop.ask(id, text);
                this.summary.refresh(id);
            }
            return open;
        });
        if (failed) {
            this.taskStop.endTried(id, text);
            this.summary.refresh(id);
        }
    }

}
