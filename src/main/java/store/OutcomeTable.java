package store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import replication.Page;
import replication.execution.Claim;
import replication.execution.ClaimedTask;
import replication.execution.LostClaim;
import replication.execution.Outcome;
import replication.execution.Outcomes;
import replication.execution.TaskKey;

/**
 * The tables {@code artifact_outcome} and {@code placement}. Each write is one statement
 * that begins with the fence: it reads the task's row under a shared lock, so a claim by
 * another node waits for it or makes it write nothing.
 */
public final class OutcomeTable implements Outcomes {

    private static final String FENCE = "WITH fence AS (SELECT 1 FROM task WHERE " + TaskClaims.FENCE + " FOR SHARE) ";

    private final JdbcClient jdbc;

    public OutcomeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void announce(Claim claim, List<String> references) {
        int written = JdbcFence.bind(this.jdbc.sql(FENCE + """
                INSERT INTO artifact_outcome (execution_id, task_id, reference, result, attempt)
                SELECT :executionId, :taskId, r.reference, 'open', :attempt
                FROM fence, (SELECT DISTINCT unnest(:references::text[]) AS reference) r
                ON CONFLICT (execution_id, task_id, reference)
                DO UPDATE SET result = 'open', attempt = excluded.attempt
                """), claim).param("references", references.toArray(String[]::new)).update();
        if (written == 0) {
            throw new LostClaim(claim);
        }
    }

    @Override
    public void record(ClaimedTask task, List<Outcome> outcomes) {
        // A statement cannot write one row twice; the last word on a reference counts.
        Map<String, Outcome> last = new LinkedHashMap<>();
        outcomes.forEach((outcome) -> last.put(outcome.reference(), outcome));
        List<Outcome> rows = List.copyOf(last.values());
        int written = JdbcFence.bind(this.jdbc.sql(FENCE + """
                , news AS (
                    SELECT n.* FROM fence, unnest(:references::text[], :results::text[], :digests::text[],
                                                  :bytes::bigint[], :reasons::text[])
                         AS n(reference, result, digest, bytes, reason)
                ), placed AS (
                    INSERT INTO placement (policy_id, registry_id, repository, tag, digest, execution_id)
                    SELECT :policyId, :registryId, :repository, reference, digest, :executionId
                    FROM news WHERE result = 'copied'
                    ON CONFLICT (policy_id, registry_id, repository, tag)
                    DO UPDATE SET digest = excluded.digest, execution_id = excluded.execution_id, time = now()
                )
                INSERT INTO artifact_outcome (execution_id, task_id, reference, result, digest, bytes, reason, attempt)
                SELECT :executionId, :taskId, reference, result, digest, bytes, reason, :attempt FROM news
                ON CONFLICT (execution_id, task_id, reference)
                DO UPDATE SET result = excluded.result, digest = excluded.digest, reason = excluded.reason,
                              attempt = excluded.attempt, bytes = artifact_outcome.bytes + excluded.bytes
                """), task.claim())
            .param("references", strings(rows, Outcome::reference))
            .param("results", strings(rows, (outcome) -> outcome.result().id()))
            .param("digests", strings(rows, Outcome::digest))
            .param("bytes", rows.stream().map(Outcome::bytes).toArray(Long[]::new))
            .param("reasons", strings(rows, Outcome::reason))
            .param("policyId", task.policy().id())
            .param("registryId", task.policy().destRegistryId())
            .param("repository", task.destination())
            .update();
        if (written == 0) {
            throw new LostClaim(task.claim());
        }
    }

    private static String[] strings(List<Outcome> rows, Function<Outcome, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    @Override
    public Page<Outcome> list(TaskKey key, String afterReference, int size) {
        return Page.of(this.jdbc.sql("""
                SELECT * FROM artifact_outcome
                WHERE execution_id = :executionId AND task_id = :taskId AND reference > :after AND result <> 'open'
                ORDER BY reference LIMIT :rows
                """)
            .param("executionId", key.executionId())
            .param("taskId", key.taskId())
            .param("after", afterReference)
            .param("rows", size + 1)
            .query((row, _) -> new Outcome(row.getString("reference"),
                    Outcome.Result.valueOf(row.getString("result").toUpperCase(Locale.ROOT)), row.getString("digest"),
                    row.getLong("bytes"), row.getString("reason")))
            .list(), size);
    }

}
