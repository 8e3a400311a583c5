package store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.Page;
import replication.PageRequest;
import replication.execution.Counts;
import replication.execution.Execution;
import replication.execution.ExecutionQuery;
import replication.execution.ExecutionState;
import replication.execution.Executions;
import replication.policy.Policy;

/** The table {@code execution}. */
public final class ExecutionTable implements Executions {

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    private final JobQueue jobs;

    private final Partitions partitions;

    private final StopExecution stopExecution;

    public ExecutionTable(JdbcClient jdbc, TransactionOperations transactions, JobQueue jobs, Partitions partitions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.jobs = jobs;
        this.partitions = partitions;
        this.stopExecution = new StopExecution(jdbc, transactions);
    }

    @Override
    public Execution start(Policy policy, String trigger, String startedBy) {
        Execution execution = Objects.requireNonNull(this.transactions.execute((_) -> {
            Execution inserted = insert(policy, trigger, startedBy);
            this.jobs.discover(inserted.id());
            return inserted;
        }));
        // Rows come only with discovery; a node that dies before this has it made at the
        // next start.
        this.partitions.ensure(execution.id());
        return execution;
    }

    private Execution insert(Policy policy, String trigger, String startedBy) {
        return this.jdbc.sql("""
                INSERT INTO execution (policy_id, policy_name, policy, state, trigger, started_by)
                VALUES (:policyId, :policyName, :policy::jsonb, 'pending', :trigger, :startedBy)
                RETURNING *
                """)
            .param("policyId", policy.id())
            .param("policyName", policy.name())
            .param("policy", PolicyJson.write(policy))
            .param("trigger", trigger)
            .param("startedBy", startedBy)
            .query(ExecutionTable::read)
            .single();
    }

    @Override
    public Optional<Execution> find(long id) {
        return this.jdbc.sql("SELECT * FROM execution WHERE id = :id")
            .param("id", id)
            .query(ExecutionTable::read)
            .optional();
    }

    @Override
    public Page<Execution> list(ExecutionQuery query, PageRequest page) {
        return Page.of(this.jdbc.sql("""
                SELECT * FROM execution
                WHERE (:after = 0 OR id < :after)
                  AND (:policyId::bigint IS NULL OR policy_id = :policyId)
                  AND (:state::text IS NULL OR state = :state)
                  AND (:trigger::text IS NULL OR trigger = :trigger)
                  AND (:since::timestamptz IS NULL OR start_time >= :since)
                  AND (:until::timestamptz IS NULL OR start_time < :until)
                ORDER BY id DESC LIMIT :rows
                """)
            .param("after", page.after())
            .param("policyId", query.policyId())
            .param("state", (query.state() != null) ? query.state().id() : null)
            .param("trigger", query.trigger())
            .param("since", time(query.since()))
            .param("until", time(query.until()))
            .param("rows", page.size() + 1)
            .query(ExecutionTable::read)
            .list(), page.size());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return (instant != null) ? instant.atOffset(ZoneOffset.UTC) : null;
    }

    @Override
    public Optional<Policy> snapshot(long id) {
        return this.jdbc.sql("SELECT policy FROM execution WHERE id = :id")
            .param("id", id)
            .query(String.class)
            .optional()
            .map(PolicyJson::read);
    }

    @Override
    public boolean beginDiscovery(long id) {
        this.partitions.ensure(id);
        return this.jdbc.sql("""
                UPDATE execution SET state = 'running'
                WHERE id = :id AND state IN ('pending', 'running') AND NOT discovered
                """).param("id", id).update() == 1;
    }

    @Override
    public void endDiscovery(long id) {
        this.jdbc.sql("UPDATE execution SET discovered = true WHERE id = :id AND state = 'running'")
            .param("id", id)
            .update();
    }

    @Override
    public void fail(long id, String why) {
        this.jdbc.sql("""
                UPDATE execution SET discovered = true, discovery_failed = true, status_text = :why
                WHERE id = :id AND state IN ('pending', 'running')
                """).param("why", why).param("id", id).update();
    }

    @Override
    public void stop(long id, String who) {
        this.stopExecution.stop(id, who);
    }

    static Execution read(ResultSet row, int number) throws SQLException {
        Timestamp end = row.getTimestamp("end_time");
        return new Execution(row.getLong("id"), row.getLong("policy_id"), row.getString("policy_name"),
                ExecutionState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("status_text"),
                row.getString("trigger"), row.getString("started_by"), row.getTimestamp("start_time").toInstant(),
                (end != null) ? end.toInstant() : null, new Execution.TaskCounts(row.getLong("total"),
                        row.getLong("failed"), row.getLong("succeed"), row.getLong("in_progress")),
                counts(row));
    }

    static Counts counts(ResultSet row) throws SQLException {
        return new Counts(row.getLong("copied"), row.getLong("unchanged"), row.getLong("kept"), row.getLong("skipped"),
                row.getLong("failed_artifacts"), row.getLong("bytes"));
    }

}
