package store.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import replication.Page;
import replication.PageRequest;
import replication.ResourceType;
import replication.execution.state.RetryPlan;
import replication.execution.state.TaskState;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Counts;
import replication.execution.task.PlannedTask;
import replication.execution.task.Progress;
import replication.execution.task.Task;
import replication.execution.task.TaskEnd;
import replication.execution.task.TaskKey;
import replication.execution.task.Tasks;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code task}: this class reads it, and a class for each duty changes it. */
public final class TaskTable implements Tasks {

    private final Database database;

    private final TaskBacklog backlog;

    private final Dispatch dispatch;

    private final TaskClaim claim;

    private final TaskFinish finish;

    private final StopWishes stopWishes;

    /**
     * Opens the table.
     * @param node the name under which this node claims, unique among living nodes
     * @param queueLimit how many tasks may be queued or running in the whole cluster
     * @param retries when a task that failed for a passing cause is tried again
     */
    public TaskTable(Database database, String node, IntSupplier queueLimit, RetryPlan retries) {
        this.database = database;
        this.backlog = new TaskBacklog(database);
        this.dispatch = new Dispatch(database, queueLimit);
        this.claim = new TaskClaim(database, node);
        this.finish = new TaskFinish(database, retries);
        this.stopWishes = new StopWishes(database);
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
        return this.claim.claim(key);
    }

    @Override
    public Optional<ClaimedTask> held(TaskKey key, int attempt) {
        return this.claim.held(key, attempt);
    }

    @Override
    public void finish(Claim claim, TaskEnd end) {
        this.finish.finish(claim, end);
    }

    @Override
    public List<Claim> toStop(List<Claim> running) {
        return this.stopWishes.among(running);
    }

    @Override
    public List<Claim> stoppedForGood(List<Claim> stopping) {
        return this.stopWishes.stoppedForGood(stopping);
    }

    @Override
    public Page<Task> list(TaskQuery query, PageRequest page) {
        TaskState state = query.state();
        ResourceType resource = query.resource();
        return Page.of(this.database.sql("""
                SELECT * FROM task
                WHERE execution_id = :execution AND id > :after
                AND (:state::text IS NULL OR state = :state)
                AND (:type::text IS NULL OR resource_type = :type)
                ORDER BY id
                LIMIT :limit
                """)
            .param("execution", query.executionId())
            .param("after", page.after())
            .param("state", (state != null) ? state.id() : null)
            .param("type", (resource != null) ? resource.id() : null)
            .param("limit", page.size() + 1)
            .query(TaskTable::read)
            .list(), page.size());
    }

    @Override
    public Optional<Task> find(TaskKey key) {
        return this.database.sql("SELECT * FROM task WHERE execution_id = :execution AND id = :task")
            .param("execution", key.executionId())
            .param("task", key.taskId())
            .query(TaskTable::read)
            .optional();
    }

    private static Task read(ResultSet row, int number) throws SQLException {
        return new Task(new TaskKey(row.getLong("execution_id"), row.getLong("id")),
                new ResourceType(row.getString("resource_type")), row.getString("src_resource"),
                row.getString("dest_resource"), TaskState.of(row.getString("state")), statusText(row),
                row.getString("hint"), row.getInt("attempt"), Columns.instant(row, "retry_time"),
                Columns.instant(row, "start_time"), Columns.instant(row, "end_time"), counts(row), progress(row));
    }

    // A running task shows what it waits for, and not why an earlier attempt ended.
    private static String statusText(ResultSet row) throws SQLException {
        Progress progress = progress(row);
        return (progress != null && !progress.waits().isEmpty()) ? progress.waits() : row.getString("status_text");
    }

    // The row's own counts are certain; the progress that its node reports may be ahead
    // of them.
    private static Counts counts(ResultSet row) throws SQLException {
        Counts certain = Columns.counts(row, "failed");
        Progress progress = progress(row);
        if (progress == null) {
            return certain;
        }
        Counts live = progress.artifacts();
        return new Counts(certain.copied(), Math.max(certain.unchanged(), live.unchanged()), live.kept(),
                live.skipped(), live.failed(), Math.max(certain.bytes(), live.bytes()),
                Math.max(certain.deleted(), live.deleted()));
    }

    // The progress of an earlier attempt is not shown.
    private static @Nullable Progress progress(ResultSet row) throws SQLException {
        String json = row.getString("progress");
        return (json != null && row.getString("state").equals("running"))
                ? ProgressJson.read(json, row.getInt("attempt")) : null;
    }

}
