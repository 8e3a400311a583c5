package store.execution;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.Reason;
import replication.Page;
import replication.PageRequest;
import replication.ResourceType;
import replication.access.Caller;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.Executions;
import replication.execution.state.ExecutionState;
import replication.execution.state.Mode;
import replication.policy.Policy;
import store.history.Partitions;
import store.policy.PolicyJson;
import store.sql.Columns;
import store.sql.Database;
import store.sql.RowJson;

/**
 * The table {@code execution}: this class reads it, and a class for each duty changes it.
 */
public final class ExecutionTable implements Executions {

    /**
     * The progress of an execution's running tasks, which are few. The remainder is known
     * if each of them knows its own and no other task waits.
     */
    private static final String LIVE = """
            CASE WHEN e.state IN ({execution begun}) THEN (
                SELECT json_build_object(
                    'rate', coalesce(sum((t.progress ->> 'rate')::bigint), 0),
                    'remaining', CASE WHEN e.discovered AND count(*) > 0
                        AND count(*) = count(t.progress ->> 'remaining')
                        AND NOT EXISTS (SELECT FROM task WHERE execution_id = e.id AND state = 'pending')
                        AND NOT EXISTS (
                            SELECT FROM task WHERE execution_id = e.id AND state IN ({task in work without owner}))
                        THEN sum((t.progress ->> 'remaining')::bigint) END)
                FROM (
                    SELECT CASE WHEN (progress ->> 'attempt')::int = attempt THEN progress END AS progress
                    FROM task
                    WHERE execution_id = e.id AND state = 'running') t) END AS live""";

    private final Database database;

    private final ExecutionStart start;

    private final DiscoveryTable discovery;

    private final ExecutionDeletion deletion;

    /**
     * Opens the table.
     * @param node the name under which this node holds jobs, unique among living nodes
     * @param patience how long a failing listing is tried again before its execution
     * fails
     */
    public ExecutionTable(Database database, Partitions partitions, String node, Duration patience) {
        this.database = database;
        this.start = new ExecutionStart(database, partitions);
        this.discovery = new DiscoveryTable(database, node, patience);
        this.deletion = new ExecutionDeletion(database);
    }

    @Override
    public Execution start(Policy policy, String trigger, Caller caller, Mode mode) {
        return this.start.start(policy, trigger, caller, mode);
    }

    @Override
    public Execution once(Policy policy, Caller caller, Mode mode) {
        return this.start.once(policy, caller, mode);
    }

    @Override
    public Optional<Execution> find(long id) {
        return this.database.sql("SELECT e.*, {live} FROM execution e WHERE e.id = :id".replace("{live}", LIVE))
            .param("id", id)
            .query(ExecutionTable::readLive)
            .optional();
    }

    @Override
    public Page<Execution> list(ExecutionQuery query, PageRequest page) {
        ExecutionState state = query.state();
        return Page.of(this.database.sql("""
                SELECT e.*, {live} FROM execution e
                WHERE (:after = 0 OR id < :after)
                AND (:policy::bigint IS NULL OR policy_id = :policy)
                AND (:state::text IS NULL OR state = :state)
                AND (:trigger::text IS NULL OR trigger = :trigger)
                AND (:since::timestamptz IS NULL OR start_time >= :since)
                AND (:until::timestamptz IS NULL OR start_time < :until)
                ORDER BY id DESC
                LIMIT :limit
                """.replace("{live}", LIVE))
            .param("after", page.after())
            .param("policy", query.policyId())
            .param("state", (state != null) ? state.id() : null)
            .param("trigger", query.trigger())
            .param("since", Columns.timestamptz(query.since()))
            .param("until", Columns.timestamptz(query.until()))
            .param("limit", page.size() + 1)
            .query(ExecutionTable::readLive)
            .list(), page.size());
    }

    @Override
    public void delete(long id) {
        this.deletion.delete(id);
    }

    @Override
    public Optional<Policy> snapshot(long id) {
        return this.database
            .sql("SELECT {policy} FROM execution e WHERE e.id = :id".replace("{policy}", PolicyJson.SNAPSHOT))
            .param("id", id)
            .query(String.class)
            .optional()
            .map((json) -> PolicyJson.read(json, Policy.class));
    }

    @Override
    public boolean beginDiscovery(long id) {
        return this.discovery.begin(id);
    }

    @Override
    public Map<ResourceType, Set<String>> namedResources(long id) {
        Map<ResourceType, Set<String>> named = new LinkedHashMap<>();
        this.database.sql("SELECT DISTINCT resource_type, repository FROM execution_item WHERE execution_id = :id")
            .param("id", id)
            .query((row) -> {
                named.computeIfAbsent(new ResourceType(row.getString("resource_type")), (_) -> new HashSet<>())
                    .add(row.getString("repository"));
            });
        return named;
    }

    @Override
    public Set<Long> discovering(Set<Long> ids) {
        return this.discovery.underWay(ids);
    }

    @Override
    public void ensureDiscovery(long id) {
        this.discovery.ensure(id);
    }

    @Override
    public void endDiscovery(long id, String lacks) {
        this.discovery.end(id, Columns.text(lacks));
    }

    @Override
    public boolean putOff(long id, Reason why) {
        return this.discovery.putOff(id,
                new Reason(Columns.text("the listing is tried again: " + why.text()), Columns.text(why.hint())));
    }

    @Override
    public void fail(long id, Reason why) {
        this.discovery.fail(id, new Reason(Columns.text(why.text()), Columns.text(why.hint())));
    }

    static Execution read(ResultSet row, int number) throws SQLException {
        return new Execution(row.getLong("id"), row.getLong("policy_id"), row.getString("policy_name"),
                ExecutionState.of(row.getString("state")), row.getString("status_text"), row.getString("hint"),
                row.getString("trigger"), row.getString("started_by"), Mode.of(row.getString("mode")),
                row.getInt("priority"), Columns.time(row, "start_time"), Columns.instant(row, "end_time"),
                new Execution.TaskCounts(row.getLong("total"), row.getLong("failed"), row.getLong("succeed"),
                        row.getLong("in_progress")),
                Columns.counts(row, "failed_artifacts"), 0, null);
    }

    private static Execution readLive(ResultSet row, int number) throws SQLException {
        Execution execution = read(row, number);
        String json = row.getString("live");
        if (json == null) {
            return execution;
        }
        JsonNode live = RowJson.parse(json);
        return execution.moving(live.path("rate").asLong(),
                live.path("remaining").isNumber() ? live.path("remaining").asLong() : null);
    }

}
