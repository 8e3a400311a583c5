package store.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Page;
import replication.execution.copy.Outcome;
import replication.execution.copy.Placements;
import replication.execution.copy.Subject;
import replication.execution.task.Claim;
import replication.execution.task.ClaimedTask;
import replication.execution.task.Outcomes;
import store.sql.Columns;
import store.sql.Database;

/** The table {@code artifact_outcome}. Every write passes the {@link Fence}. */
public final class OutcomeTable implements Outcomes {

    private final Database database;

    private final Fence fence;

    private final PlacementTable placements;

    private final FoundEqual foundEqual;

    public OutcomeTable(Database database) {
        this.database = database;
        this.fence = new Fence(database);
        this.placements = new PlacementTable(database);
        this.foundEqual = new FoundEqual(database);
    }

    @Override
    public void announce(Claim claim, List<Subject> subjects) {
        this.database.inTransaction(() -> {
            this.fence.pass(claim);
            bind("""
                    INSERT INTO artifact_outcome AS o (execution_id, task_id, reference, role, result, attempt)
                    SELECT DISTINCT ON (s.reference) :execution::bigint, :task::bigint, s.*, 'open', :attempt::int
                    FROM unnest(:references::text[], :roles::text[]) AS s (reference, role)
                    ON CONFLICT (execution_id, task_id, reference) DO UPDATE
                    SET result = 'open', attempt = excluded.attempt, time = now(),
                        earlier = o.earlier OR o.attempt < excluded.attempt AND o.result IN ('open', 'copied')
                    """, claim).param("references", subjects.stream().map(Subject::reference).toArray(String[]::new))
                .param("roles", subjects.stream().map(Subject::role).toArray(String[]::new))
                .update();
        });
    }

    @Override
    public void record(ClaimedTask task, List<Outcome> outcomes) {
        // The last outcome of a subject counts; a statement cannot write one row twice.
        Map<String, Outcome> last = new TreeMap<>();
        outcomes.forEach((outcome) -> last.put(outcome.reference(), outcome));
        List<Outcome> copied = only(last.values(), Outcome.Result.COPIED);
        List<Outcome> equal = only(last.values(), Outcome.Result.UNCHANGED);
        this.database.inTransaction(() -> {
            int counted = copied.size() + only(last.values(), Outcome.Result.WOULD_COPY).size();
            this.fence.pass(task.claim(), counted, last.values().stream().mapToLong(Outcome::bytes).sum());
            upsert(task.claim(),
                    last.values().stream().filter((outcome) -> outcome.result() != Outcome.Result.UNCHANGED).toList());
            this.placements.put(task, copied);
            this.placements.remove(task, only(last.values(), Outcome.Result.DELETED));
            this.placements.put(task, this.foundEqual.settle(task.claim(), equal));
        });
    }

    private static List<Outcome> only(Collection<Outcome> outcomes, Outcome.Result result) {
        return outcomes.stream().filter((outcome) -> outcome.result() == result).toList();
    }

    private void upsert(Claim claim, List<Outcome> outcomes) {
        bind("""
                INSERT INTO artifact_outcome (execution_id, task_id, attempt, reference, role, result, digest, bytes,
                    reason, hint)
                SELECT :execution, :task, :attempt, o.*
                FROM unnest(:references::text[], :roles::text[], :results::text[], :digests::text[], :bytes::bigint[],
                    :reasons::text[], :hints::text[]) AS o (reference, role, result, digest, bytes, reason, hint)
                ON CONFLICT (execution_id, task_id, reference) DO UPDATE
                SET result = excluded.result, digest = excluded.digest, bytes = excluded.bytes,
                    reason = excluded.reason, hint = excluded.hint, attempt = excluded.attempt, time = now()
                """, claim).param("references", outcomes.stream().map(Outcome::reference).toArray(String[]::new))
            .param("roles", outcomes.stream().map((outcome) -> outcome.subject().role()).toArray(String[]::new))
            .param("results", outcomes.stream().map((outcome) -> outcome.result().id()).toArray(String[]::new))
            .param("digests", outcomes.stream().map(Outcome::digest).toArray(String[]::new))
            .param("bytes", outcomes.stream().map(Outcome::bytes).toArray(Long[]::new))
            .param("hints", outcomes.stream().map((outcome) -> Columns.text(outcome.hint())).toArray(String[]::new))
            .param("reasons", outcomes.stream().map((outcome) -> Columns.text(outcome.reason())).toArray(String[]::new))
            .update();
    }

    private JdbcClient.StatementSpec bind(String sql, Claim claim) {
        return this.database.sql(sql)
            .param("execution", claim.key().executionId())
            .param("task", claim.key().taskId())
            .param("attempt", claim.attempt());
    }

    @Override
    public Placements placed(ClaimedTask task) {
        return this.placements.of(task);
    }

    @Override
    public Page<Outcome> list(OutcomeQuery query, int size) {
        Outcome.Result result = query.result();
        return Page.of(this.database.sql("""
                SELECT reference, role, result, digest, bytes, reason, hint FROM artifact_outcome
                WHERE execution_id = :execution AND task_id = :task AND reference > :after AND result <> 'open'
                AND (:result::text IS NULL OR result = :result)
                ORDER BY reference
                LIMIT :limit
                """)
            .param("execution", query.task().executionId())
            .param("task", query.task().taskId())
            .param("after", query.after())
            .param("result", (result != null) ? result.id() : null)
            .param("limit", size + 1)
            .query(OutcomeTable::read)
            .list(), size);
    }

    private static Outcome read(ResultSet row, int number) throws SQLException {
        return new Outcome(Subject.of(row.getString("reference"), row.getString("role")),
                Outcome.Result.valueOf(row.getString("result").toUpperCase(Locale.ROOT)), row.getString("digest"),
                row.getLong("bytes"), row.getString("reason"), false, Duration.ZERO, row.getString("hint"));
    }

}
