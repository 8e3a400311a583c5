package store.notice;

import java.util.ArrayList;
import java.util.List;

import replication.execution.state.ExecutionState;
import replication.notice.Event;
import store.policy.PolicyCondition;
import store.sql.Database;
import store.sql.Locks;

/**
 * Writes the notices of an execution in the transaction of its event: a notice is sent if
 * and only if the event has happened.
 * <p>
 * A writer holds a lock until its commit. So the places of a subscription rise in the
 * order of commits, and a reader never skips a place that it cannot see yet. This lock is
 * the last that a transaction takes, except for rows that it holds already.
 */
public final class Outbox {

    private final Database database;

    private final PolicyCondition condition;

    public Outbox(Database database) {
        this.database = database;
        this.condition = new PolicyCondition(database);
    }

    public void started(long executionId) {
        tell(executionId, List.of(Event.EXECUTION_STARTED));
    }

    /**
     * Called within the transaction that ends the execution, after its row is updated.
     */
    public void ended(long executionId, ExecutionState state) {
        List<Event> events = new ArrayList<>(List.of(Event.EXECUTION_FINISHED));
        if (state == ExecutionState.SUCCEEDED) {
            if (this.condition.succeeded(executionId)) {
                events.add(Event.POLICY_RECOVERED);
            }
        }
        else if (state != ExecutionState.STOPPED) {
            events.add(Event.EXECUTION_FAILED);
            if (this.condition.failed(executionId)) {
                events.add(Event.POLICY_FAILING);
            }
        }
        tell(executionId, events);
    }

    private void tell(long executionId, List<Event> events) {
        String[] names = events.stream().map(Event::id).toArray(String[]::new);
        if (!wanted(executionId, names)) {
            return;
        }
        // A separate statement, so that the next one sees the commits of others.
        lock(this.database);
        this.database.sql("""
                INSERT INTO delivery (id, place, subscription_id, event, policy_id, execution_id, data)
                SELECT number, number, subscription_id, event, policy_id, execution_id, data
                FROM (SELECT nextval('delivery_place_seq') AS number, wanted.* FROM (
                    SELECT s.id AS subscription_id, told.event, e.policy_id, e.id AS execution_id,
                        json_build_object('id', e.id, 'policy_id', e.policy_id, 'policy_name', e.policy_name,
                            'status', e.state, 'status_text', e.status_text, 'hint', e.hint, 'trigger', e.trigger,
                            'started_by', e.started_by, 'total', e.total, 'failed', e.failed, 'succeed', e.succeed,
                            'in_progress', e.in_progress, 'artifacts', json_build_object('copied', e.copied,
                                'unchanged', e.unchanged, 'kept', e.kept, 'skipped', e.skipped,
                                'deleted', e.deleted,
                                'failed', e.failed_artifacts),
                            'bytes', e.bytes, 'start_time', utc(e.start_time), 'end_time', utc(e.end_time)) AS data
                    FROM execution e
                    CROSS JOIN unnest(:events::text[]) WITH ORDINALITY AS told (event, place)
                    JOIN subscription s ON s.enabled AND told.event = ANY (s.events)
                        AND (s.policy_id IS NULL OR s.policy_id = e.policy_id)
                    WHERE e.id = :id
                    ORDER BY s.id, told.place) wanted) numbered
                """.replace("utc(e.start_time)", utc("e.start_time")).replace("utc(e.end_time)", utc("e.end_time")))
            .param("id", executionId)
            .param("events", names)
            .update();
    }

    /** No other transaction takes a place until the caller's ends. */
    static void lock(Database database) {
        database.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", Locks.OUTBOX).query((_, _) -> true).single();
    }

    private boolean wanted(long executionId, String[] events) {
        return this.database.sql("""
                SELECT EXISTS (
                    SELECT FROM execution e
                    JOIN subscription s ON s.enabled AND s.events && :events::text[]
                        AND (s.policy_id IS NULL OR s.policy_id = e.policy_id)
                    WHERE e.id = :id)
                """).param("id", executionId).param("events", events).query(Boolean.class).single();
    }

    // Times as the API writes them, independent of the connection's zone.
    private static String utc(String column) {
        return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    }

}
