package store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.Page;
import replication.PageRequest;
import replication.execution.Claim;
import replication.execution.ClaimedTask;
import replication.execution.PlannedTask;
import replication.execution.Task;
import replication.execution.TaskKey;
import replication.execution.TaskState;
import replication.execution.Tasks;

/**
 * The table {@code task}; the statements that hold the cluster together are in classes of
 * their own.
 */
public final class TaskTable implements Tasks {

    private final JdbcClient jdbc;

    private final TaskBacklog backlog;

    private final Dispatch dispatch;

    private final TaskClaims claims;

    private final TaskEndings endings;

    /**
     * Works for one node.
     * @param node its name
     * @param queue tasks queued or running at most, in the whole cluster
     */
    public TaskTable(JdbcClient jdbc, TransactionOperations transactions, String node, int queue) {
        this.jdbc = jdbc;
        this.backlog = new TaskBacklog(jdbc, transactions);
        this.dispatch = new Dispatch(jdbc, transactions, queue);
        this.claims = new TaskClaims(jdbc, transactions, node);
        this.endings = new TaskEndings(jdbc, transactions);
    }

    @Override
    public void add(long executionId, List<PlannedTask> planned) {
        this.backlog.add(executionId, planned);
    }

    @Override
    public int dispatch() {
        return this.dispatch.dispatch();
    }

    @Override
    public Optional<ClaimedTask> claim(TaskKey key) {
        return this.claims.claim(key);
    }

    @Override
    public void finish(Claim claim, TaskState end, String statusText, long unchanged) {
        this.endings.finish(claim, end, statusText, unchanged);
    }

    @Override
    public void handBack(Claim claim) {
        this.claims.handBack(claim);
    }

    @Override
    public List<Claim> toStop(List<Claim> running) {
        Set<Claim> goOn = new HashSet<>(this.jdbc.sql("""
                SELECT t.execution_id, t.id, t.owner, t.attempt
                FROM unnest(:executions::bigint[], :tasks::bigint[], :owners::text[], :attempts::int[])
                     AS c(execution_id, id, owner, attempt)
                JOIN task t ON t.execution_id = c.execution_id AND t.id = c.id AND t.owner = c.owner
                           AND t.attempt = c.attempt
                WHERE t.state = 'running' AND NOT t.stop_requested
                """)
            .param("executions", running.stream().map((claim) -> claim.key().executionId()).toArray(Long[]::new))
            .param("tasks", running.stream().map((claim) -> claim.key().taskId()).toArray(Long[]::new))
            .param("owners", running.stream().map(Claim::owner).toArray(String[]::new))
            .param("attempts", running.stream().map(Claim::attempt).toArray(Integer[]::new))
            .query((row, _) -> new Claim(new TaskKey(row.getLong("execution_id"), row.getLong("id")),
                    row.getString("owner"), row.getInt("attempt")))
            .list());
        return running.stream().filter((claim) -> !goOn.contains(claim)).toList();
    }

    @Override
    public Page<Task> list(long executionId, @Nullable TaskState state, PageRequest page) {
        return Page.of(this.jdbc.sql("""
                SELECT * FROM task
                WHERE execution_id = :executionId AND id > :after AND (:state::text IS NULL OR state = :state)
                ORDER BY id LIMIT :rows
                """)
            .param("executionId", executionId)
            .param("after", page.after())
            .param("state", (state != null) ? state.id() : null)
            .param("rows", page.size() + 1)
            .query(TaskTable::read)
            .list(), page.size());
    }

    @Override
    public Optional<Task> find(TaskKey key) {
        return this.jdbc.sql("SELECT * FROM task WHERE execution_id = :executionId AND id = :taskId")
            .param("executionId", key.executionId())
            .param("taskId", key.taskId())
            .query(TaskTable::read)
            .optional();
    }

    private static Task read(ResultSet row, int number) throws SQLException {
        Timestamp start = row.getTimestamp("start_time");
        Timestamp end = row.getTimestamp("end_time");
        return new Task(new TaskKey(row.getLong("execution_id"), row.getLong("id")), row.getString("src_resource"),
                row.getString("dest_resource"), TaskState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("status_text"), row.getInt("attempt"), (start != null) ? start.toInstant() : null,
                (end != null) ? end.toInstant() : null, ExecutionTable.counts(row));
    }

}
