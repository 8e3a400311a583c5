package bench;

import java.time.Duration;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.execution.state.RetryPlan;
import replication.execution.task.TaskKey;
import store.history.Partitions;
import store.sql.Database;
import store.task.TaskTable;

/**
 * Has the tasks of an execution dispatched and claimed, and notes how long each takes.
 */
final class ClaimSpeed {

    private static final int QUEUE = 32;

    private final Database database;

    private final JdbcClient jdbc;

    private final TaskTable tasks;

    private final String where;

    ClaimSpeed(Database database, String where) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.tasks = new TaskTable(database, "bench", () -> QUEUE, new RetryPlan(0, Duration.ZERO, Duration.ZERO));
        this.where = where;
    }

    void round(int number, Latencies latencies) {
        long execution = begin(number);
        for (int moved = dispatch(latencies); moved > 0; moved = dispatch(latencies)) {
            for (TaskKey key : queued(execution)) {
                latencies.time("claim, " + this.where, () -> claim(key));
            }
            this.jdbc.sql(
                    "UPDATE task SET state = 'succeeded', end_time = now() WHERE execution_id = :id AND state = 'running'")
                .param("id", execution)
                .update();
            this.jdbc.sql("DELETE FROM scheduled_tasks").update();
        }
        this.jdbc.sql("UPDATE execution SET state = 'succeeded', end_time = now() WHERE id = :id")
            .param("id", execution)
            .update();
    }

    private void claim(TaskKey key) {
        if (this.tasks.claim(key).isEmpty()) {
            throw new IllegalStateException("task " + key + " cannot be claimed");
        }
    }

    private int dispatch(Latencies latencies) {
        int[] moved = new int[1];
        latencies.time("dispatch, " + this.where, () -> moved[0] = this.tasks.dispatch());
        return moved[0];
    }

    private List<TaskKey> queued(long execution) {
        return this.jdbc.sql("SELECT id FROM task WHERE execution_id = :id AND state = 'queued' ORDER BY id")
            .param("id", execution)
            .query(Long.class)
            .list()
            .stream()
            .map((id) -> new TaskKey(execution, id))
            .toList();
    }

    private long begin(int number) {
        new Partitions(this.database).ensureAhead();
        long id = this.jdbc.sql("""
                INSERT INTO execution (id, policy_id, policy_name, policy, state, trigger, started_by, discovered)
                SELECT nextval('execution_id_seq'), policy_id, policy_name, policy, 'running', trigger, started_by, true
                FROM (SELECT * FROM execution ORDER BY id LIMIT 1) model
                RETURNING id
                """).query(Long.class).single();
        this.jdbc.sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state)
                SELECT :id, 'image', 'library/app-' || n, 'mirror/library/app-' || n, 'pending'
                FROM generate_series(1, :number) AS n
                """).param("id", id).param("number", number).update();
        return id;
    }

}
