package store.task;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import oci.model.RegistryAddress;
import replication.execution.state.Mode;
import replication.execution.task.DispatchPlan;
import replication.execution.task.DispatchPlan.Backlog;
import replication.execution.task.DispatchPlan.Candidate;
import replication.execution.task.DispatchPlan.Place;
import replication.execution.task.DispatchPlan.Share;
import replication.execution.task.DispatchPlan.Work;
import replication.execution.task.TaskKey;
import store.sql.Database;
import store.sql.Locks;

/**
 * Moves the next tasks from the backlog into the queue, as {@link DispatchPlan} chooses
 * them, and only as many as the cluster will work on soon.
 * <p>
 * Safe on any number of nodes: one node dispatches at a time, and its statements begin
 * after it has the lock, so that it counts the tasks that the previous node has moved. A
 * node that does not get the lock leaves the work to the node that has it. A running stop
 * or pause holds the execution's row FOR UPDATE, and the row is skipped here. A task
 * whose last job is about to leave the queue waits for that.
 * <p>
 * Cheap for a backlog of any length: only the heads of two partial indexes are read for
 * each running execution, and neither of them while the queue is full.
 */
public final class Dispatch {

    private static final String SHARES = """
            SELECT e.id AS execution_id, e.mode, e.policy_id, e.priority, coalesce(p.max_tasks, 0) AS policy_cap,
                e.src_registry_id, coalesce(s.max_tasks, 0) AS source_cap, e.dest_registry_id,
                coalesce(d.max_tasks, 0) AS destination_cap, coalesce(d.url, '') AS destination
            FROM execution e
            LEFT JOIN policy p ON p.id = e.policy_id
            LEFT JOIN registry s ON s.id = e.src_registry_id
            LEFT JOIN registry d ON d.id = e.dest_registry_id
            """;

    // Without statistics of a new execution the planner would sort its whole backlog to
    // find the head of an index.
    private static final String LOCK = """
            SELECT pg_try_advisory_xact_lock(:lock)
            FROM (SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)) plans
            """;

    private final Database database;

    private final IntSupplier limit;

    private final AtomicInteger asked = new AtomicInteger();

    Dispatch(Database database, IntSupplier limit) {
        this.database = database;
        this.limit = limit;
    }

    /**
     * Moves as many tasks as there is room for. A call during this node's dispatch
     * returns at once, and the running dispatch repeats its search.
     */
    int dispatch() {
        if (this.asked.getAndIncrement() > 0) {
            return 0;
        }
        int moved = 0;
        int answered;
        try {
            do {
                answered = this.asked.get();
                moved += once();
            }
            while (!this.asked.compareAndSet(answered, 0));
        }
        catch (RuntimeException ex) {
            this.asked.set(0);
            throw ex;
        }
        return moved;
    }

    private int once() {
        return this.database.inTransaction(() -> {
            boolean mine = this.database.sql(LOCK).param("lock", Locks.DISPATCH).query(Boolean.class).single();
            return mine ? fill() : 0;
        });
    }

    private int fill() {
        int queue = this.limit.getAsInt();
        DispatchPlan plan = new DispatchPlan(queue, inWork());
        if (plan.room() == 0) {
            return 0;
        }
        int most = (plan.room() <= queue / 4) ? queue / 4 : queue;
        return queue(plan.choose(running(), (backlog) -> head(backlog, most, plan.writing(backlog.destination()))));
    }

    private List<Work> inWork() {
        return this.database.sql("SELECT o.*, t.dest_resource FROM (" + SHARES + """
                WHERE e.state IN ({execution open})) o
                CROSS JOIN LATERAL (
                    SELECT dest_resource FROM task
                    WHERE execution_id = o.execution_id AND state IN ({task dispatched})) t
                """)
            .query((row, number) -> new Work(share(row), new Place(place(row), row.getString("dest_resource"))))
            .list();
    }

    private List<Backlog> running() {
        return this.database
            .sql(SHARES
                    + "WHERE e.state = 'running' AND e.failure IS NULL ORDER BY e.id FOR KEY SHARE OF e SKIP LOCKED")
            .query((row, number) -> new Backlog(row.getLong("execution_id"), row.getInt("priority"), share(row),
                    place(row)))
            .list();
    }

    // Destinations that have a writer are excluded already here, so that their tasks do
    // not fill the head while others wait behind them. The bound is in the text and no
    // parameter, because the planner must know that it is low; it has one of two values,
    // so that a plan is reused. The planner would try an array that it sees on each
    // index, so the array is hidden in a subquery.
    private List<Candidate> head(Backlog backlog, int most, Set<String> writing) {
        return this.database.sql("""
                SELECT id, dest_resource FROM (
                    (SELECT id, dest_resource, 0 AS turn FROM task t
                    WHERE execution_id = {execution} AND state = 'retrying' AND retry_time <= now()
                    AND dest_resource <> ALL (ARRAY(SELECT unnest(:writing::text[]))) AND {no job}
                    ORDER BY retry_time LIMIT {most})
                    UNION ALL
                    (SELECT id, dest_resource, 1 FROM task t
                    WHERE execution_id = {execution} AND state = 'pending'
                    AND dest_resource <> ALL (ARRAY(SELECT unnest(:writing::text[]))) AND {no job}
                    ORDER BY id LIMIT {most})) head
                ORDER BY turn, id
                """.replace("{no job}", """
                NOT EXISTS (SELECT FROM scheduled_tasks
                    WHERE task_name = 'transfer' AND task_instance = t.execution_id || '/' || t.id)
                """).replace("{most}", Integer.toString(most)), backlog.executionId())
            .param("writing", writing.toArray(String[]::new))
            .query((row, number) -> new Candidate(new TaskKey(backlog.executionId(), row.getLong("id")),
                    backlog.priority(), new Place(backlog.destination(), row.getString("dest_resource"))))
            .list();
    }

    private int queue(List<Candidate> chosen) {
        if (chosen.isEmpty()) {
            return 0;
        }
        return this.database.sql("""
                WITH moved AS (
                    UPDATE task t SET state = 'queued', retry_time = NULL, update_time = now()
                    FROM unnest(:executions::bigint[], :tasks::bigint[], :priorities::smallint[])
                        AS c (execution_id, id, priority)
                    WHERE t.execution_id = c.execution_id AND t.id = c.id AND t.state IN ({task to queued})
                    RETURNING t.execution_id, t.id, c.priority)
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                SELECT 'transfer', execution_id || '/' || id, now(), false, 1, priority FROM moved
                ON CONFLICT (task_name, task_instance) DO NOTHING
                """)
            .param("executions", chosen.stream().map((task) -> task.key().executionId()).toArray(Long[]::new))
            .param("tasks", chosen.stream().map((task) -> task.key().taskId()).toArray(Long[]::new))
            .param("priorities", chosen.stream().map((task) -> (short) task.priority()).toArray(Short[]::new))
            .update();
    }

    // The URL's text does not do, because two rows may write one place in two ways. A
    // plan writes nowhere and shares its place with no other task.
    private static String place(ResultSet row) throws SQLException {
        if (Mode.of(row.getString("mode")) == Mode.PLAN) {
            return "plan " + row.getLong("execution_id");
        }
        return RegistryAddress.of(URI.create(row.getString("destination"))).text();
    }

    private static Share share(ResultSet row) throws SQLException {
        long source = row.getLong("src_registry_id");
        long destination = row.getLong("dest_registry_id");
        Map<Long, Integer> caps = (source == destination) ? Map.of(source, row.getInt("source_cap"))
                : Map.of(source, row.getInt("source_cap"), destination, row.getInt("destination_cap"));
        return new Share(row.getLong("policy_id"), row.getInt("policy_cap"), caps);
    }

}
