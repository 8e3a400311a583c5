package store;

import java.util.Set;

/** How an execution comes to its tasks, as far as its own row goes. */
final class Discovery {

    private final Database database;

    private final TaskStop taskStop;

    private final Summary summary;

    private final JobQueue queue;

    private final Changes changes;

    Discovery(Database database) {
        this.database = database;
        this.taskStop = new TaskStop(database);
        this.summary = new Summary(database);
        this.queue = new JobQueue(database);
        this.changes = new Changes(database);
    }

    // Running and not discovered is where a node died: the next one goes on from there.
    boolean begin(long id) {
        return this.database.inTransaction(() -> {
            boolean begins = this.database.sql("""
                    UPDATE execution SET state = 'running', update_time = now()
                    WHERE id = :id AND state IN ('pending', 'running') AND NOT discovered AND NOT waiting
                    AND failure IS NULL
                    """).param("id", id).update() == 1;
            if (begins) {
                this.changes.execution(id, Changes.BY_ITSELF, "running", "lists the source");
            }
            return begins;
        });
    }

    // A pause and a resume while its job was still there leave it without one.
    void ensure(long id) {
        this.queue.discover(id);
    }

    Set<Long> underWay(Set<Long> ids) {
        return Set.copyOf(this.database.sql("""
                SELECT id FROM execution WHERE id = ANY (:ids) AND state = 'running' AND NOT discovered
                """).param("ids", ids.toArray(Long[]::new)).query(Long.class).list());
    }

    void end(long id) {
        this.database.sql("""
                UPDATE execution SET discovered = true, update_time = now()
                WHERE id = :id AND state IN ('running', 'stopping')
                """).param("id", id).update();
    }

    /**
     * What waits is stopped, what runs is asked to; with the last of them the execution
     * ends as failed. One that is stopping goes on to stopped.
     */
    void fail(long id, String why) {
        this.database.inTransaction(() -> {
            // FOR UPDATE keeps Dispatch and TaskBacklog off while its tasks are stopped.
            boolean open = this.database.sql("""
                    SELECT id FROM execution WHERE id = :id AND state IN ('pending', 'running', 'stopping') FOR UPDATE
                    """).param("id", id).query(Long.class).optional().isPresent();
            if (open) {
                this.database.sql("""
                        UPDATE execution
                        SET state = CASE state WHEN 'pending' THEN 'running' ELSE state END,
                            discovered = discovered OR state = 'stopping', failure = :why, update_time = now()
                        WHERE id = :id
                        """).param("id", id).param("why", why).update();
                this.taskStop.ask(id, "not started: " + why);
                this.summary.refresh(id);
            }
        });
    }

}
