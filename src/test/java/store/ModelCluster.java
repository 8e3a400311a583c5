package store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Refusal;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.state.ExecutionState;
import replication.execution.state.Operation;
import replication.execution.state.TaskState;
import replication.execution.task.Task;
import replication.execution.task.TaskKey;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes on one database, and what the destination really has. */
final class ModelCluster {

    static final List<String> ARTIFACTS = List.of("v0", "v1", "v2");

    private static final int MOST_EXECUTIONS = 3;

    private static final int ROUNDS = 60;

    final Fixture fixture;

    /** What the destination has for each task, whoever put it there. */
    final Map<TaskKey, Set<String>> destination = new HashMap<>();

    private final List<ModelNode> nodes;

    private final List<Long> executions = new ArrayList<>();

    private int turn;

    ModelCluster(Fixture fixture, int nodes) {
        this.fixture = fixture;
        fixture.clear();
        jdbc().sql("TRUNCATE move").update();
        this.nodes = IntStream.range(0, nodes).mapToObj((i) -> new ModelNode(this, "n" + i)).toList();
    }

    /** Writes down every change of a state. */
    static void watchMoves(Fixture fixture) {
        List.of("CREATE TABLE move (kind text, from_state text, to_state text)", """
                CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO move VALUES (TG_ARGV[0], OLD.state, NEW.state);
                    RETURN NEW;
                END
                $$
                """, """
                CREATE TRIGGER watch_task AFTER UPDATE OF state ON task FOR EACH ROW
                WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION watch('task')
                """, """
                CREATE TRIGGER watch_execution AFTER UPDATE OF state ON execution FOR EACH ROW
                WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION watch('execution')
                """).forEach((sql) -> fixture.test.jdbc().sql(sql).update());
    }

    JdbcClient jdbc() {
        return this.fixture.test.jdbc();
    }

    ModelNode node(int number) {
        return this.nodes.get(number);
    }

    void start(int tasks) {
        if (this.executions.size() < MOST_EXECUTIONS) {
            this.executions
                .add(this.fixture.running(IntStream.range(0, tasks).mapToObj((i) -> "app" + i).toArray(String[]::new)));
        }
    }

    void timePasses() {
        jdbc().sql("UPDATE task SET retry_time = now() WHERE state = 'retrying'").update();
        this.fixture.age();
    }

    void sweep() {
        this.fixture.summaries.sweep();
    }

    void operate(Operation operation) {
        if (!this.executions.isEmpty()) {
            long id = this.executions.get(this.turn++ % this.executions.size());
            attempt(() -> this.fixture.control.operate(id, operation, new Caller("bob")));
        }
    }

    void operateTask(Operation operation) {
        if (!this.executions.isEmpty()) {
            List<Task> tasks = this.fixture.all(this.executions.get(this.turn++ % this.executions.size()));
            TaskKey key = tasks.get(this.turn % tasks.size()).key();
            attempt(() -> this.fixture.control.operate(key, operation, new Caller("bob")));
        }
    }

    private static void attempt(Runnable operation) {
        try {
            operation.run();
        }
        catch (Refusal.Conflict _) {
            // Not in this state: a right answer.
        }
    }

    void checkMoves() {
        jdbc().sql("SELECT DISTINCT kind, from_state, to_state FROM move").query((row) -> {
            String from = row.getString("from_state").toUpperCase(Locale.ROOT);
            String to = row.getString("to_state").toUpperCase(Locale.ROOT);
            boolean allowed = row.getString("kind").equals("task")
                    ? TaskState.valueOf(from).mayBecome(TaskState.valueOf(to))
                    : ExecutionState.valueOf(from).mayBecome(ExecutionState.valueOf(to));
            assertThat(allowed).as("%s %s -> %s", row.getString("kind"), from, to).isTrue();
        });
    }

    void checkWriters() {
        assertThat(this.fixture.count("""
                SELECT count(*) FROM (
                    SELECT e.dest_registry_id, t.dest_resource
                    FROM task t JOIN execution e ON e.id = t.execution_id
                    WHERE t.state IN ('queued', 'running')
                    GROUP BY 1, 2 HAVING count(*) > 1) twice
                """)).isZero();
    }

    /** Everything is let go on until it has ended, and must add up. */
    void checkEnd() {
        this.nodes.forEach(ModelNode::die);
        this.executions.forEach((id) -> {
            attempt(() -> this.fixture.control.operate(id, Operation.RESUME, new Caller("bob")));
            this.fixture.all(id)
                .forEach((task) -> attempt(
                        () -> this.fixture.control.operate(task.key(), Operation.RESUME, new Caller("bob"))));
        });
        for (int round = 0; round < ROUNDS && open(); round++) {
            timePasses();
            sweep();
            node(0).dispatch();
            node(0).workOff();
            this.fixture.jobsDone();
        }
        this.executions.forEach(this::checkEnded);
        // A queued task that was stopped leaves its job, which finds nothing to do.
        node(0).workOff();
        assertThat(this.fixture.count("SELECT count(*) FROM scheduled_tasks WHERE task_name = 'transfer'")).isZero();
        checkMoves();
    }

    private boolean open() {
        sweep();
        return this.executions.stream().anyMatch((id) -> !this.fixture.execution(id).state().terminal());
    }

    private void checkEnded(long id) {
        Execution execution = this.fixture.execution(id);
        List<Task> tasks = this.fixture.all(id);
        assertThat(execution.state().terminal()).as("execution %s with %s", execution, tasks).isTrue();
        assertThat(tasks).allMatch((task) -> task.state().terminal());
        tasks.forEach(this::checkCounts);
        assertThat(execution.tasks().total()).isEqualTo(tasks.size());
        assertThat(execution.tasks().inProgress()).isZero();
        assertThat(execution.tasks().succeed() + execution.tasks().failed()).isEqualTo(tasks.size());
        assertThat(execution.artifacts().copied())
            .isEqualTo(tasks.stream().mapToLong((task) -> task.artifacts().copied()).sum());
        assertThat(execution.artifacts().bytes())
            .isEqualTo(tasks.stream().mapToLong((task) -> task.artifacts().bytes()).sum());
    }

    // Nothing was there before: whatever a task that succeeded found, it had copied.
    private void checkCounts(Task task) {
        Set<String> there = this.destination.getOrDefault(task.key(), Set.of());
        if (task.state() == TaskState.SUCCEEDED) {
            assertThat(there).isEqualTo(new TreeSet<>(ARTIFACTS));
            assertThat(task.artifacts().copied()).as(task.toString()).isEqualTo(ARTIFACTS.size());
            assertThat(task.artifacts().unchanged()).as(task.toString()).isZero();
        }
        else {
            assertThat(task.artifacts().copied()).as(task.toString()).isLessThanOrEqualTo(there.size());
        }
    }

}
