package store.execution;

import java.util.List;

import replication.access.Caller;
import store.sql.Changes;
import store.sql.Database;

/**
 * Lets executions begin that waited for others of their policy. Safe on any number of
 * nodes: the second node finds the row no longer waiting. The sweep finds an execution
 * whose predecessor ended at the moment of its start.
 * <p>
 * Ids give the order of waiting executions only: an id is drawn before the policy is
 * locked, so an execution with a higher id may have begun already.
 */
final class WaitingExecutions {

    /**
     * How many executions started by events run at once for one policy. Events that
     * arrive meanwhile gather in the next one.
     */
    static final int EVENTS_AT_ONCE = 4;

    private final Database database;

    private final Changes changes;

    WaitingExecutions(Database database) {
        this.database = database;
        this.changes = new Changes(database);
    }

    /** Lets executions begin and returns their number. */
    int release() {
        return this.database.inTransaction(() -> {
            List<Long> free = free();
            free.forEach((id) -> this.changes.execution(id, Caller.DRAYAGE, "pending", "need not wait any more"));
            return free.size();
        });
    }

    // An execution started by events waits only for others of that kind. Any other waits
    // for those that exist already, because events may start more without end.
    private List<Long> free() {
        return this.database.sql("""
                WITH free AS (
                    UPDATE execution w SET waiting = false, status_text = '', hint = '', update_time = now()
                    WHERE w.waiting AND w.state = 'pending'
                    AND CASE WHEN w.trigger = 'event' THEN
                        NOT EXISTS (
                            SELECT FROM execution o
                            WHERE o.policy_id = w.policy_id AND o.id < w.id AND o.trigger = 'event' AND o.waiting
                            AND o.state = 'pending')
                        AND :most > (
                            SELECT count(*) FROM execution o
                            WHERE o.policy_id = w.policy_id AND o.trigger = 'event' AND NOT o.waiting
                            AND o.state IN ({execution not held}))
                    ELSE
                        NOT EXISTS (
                            SELECT FROM execution o
                            WHERE o.policy_id = w.policy_id AND o.id <> w.id AND o.mode = 'apply'
                            AND o.state IN ({execution open})
                            AND (o.id < w.id OR NOT o.waiting AND o.trigger <> 'event'))
                    END
                    RETURNING id, priority),
                jobs AS (
                    INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                    SELECT 'discover', id::text, now(), false, 1, priority FROM free
                    ON CONFLICT (task_name, task_instance) DO NOTHING)
                SELECT id FROM free
                """).param("most", EVENTS_AT_ONCE).query(Long.class).list();
    }

}
