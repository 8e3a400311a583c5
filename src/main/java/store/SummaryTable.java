package store;

import java.util.Collection;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.execution.Summaries;

/**
 * The summaries in the table {@code execution}. Its rows are locked first, in order, and
 * the tasks counted after that, so of two nodes the one that comes second counts what the
 * first has seen or more; an execution that has ended is not touched again.
 */
public final class SummaryTable implements Summaries {

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    public SummaryTable(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public void refresh(Collection<Long> executionIds) {
        this.transactions.executeWithoutResult((_) -> {
            List<Long> open = this.jdbc.sql("""
                    SELECT id FROM execution WHERE id = ANY(:ids::bigint[]) AND end_time IS NULL ORDER BY id FOR UPDATE
                    """).param("ids", executionIds.toArray(Long[]::new)).query(Long.class).list();
            if (!open.isEmpty()) {
                summarise(open.toArray(Long[]::new));
            }
        });
    }

    private void summarise(Long[] ids) {
        this.jdbc.sql("""
                UPDATE execution e
                SET total = s.total, failed = s.failed, succeed = s.succeed,
                    in_progress = s.total - s.failed - s.succeed, copied = s.copied, unchanged = s.unchanged,
                    kept = s.kept, skipped = s.skipped, failed_artifacts = s.failed_artifacts, bytes = s.bytes,
                    state = CASE
                        WHEN NOT s.ended THEN e.state
                        WHEN e.state = 'stopping' THEN 'stopped'
                        WHEN s.failed = 0 AND NOT e.discovery_failed THEN 'succeeded'
                        WHEN s.succeed > 0 THEN 'partial'
                        ELSE 'failed' END,
                    status_text = CASE
                        WHEN NOT s.ended OR e.status_text <> '' THEN e.status_text
                        WHEN s.total = 0 THEN 'no repository matches'
                        ELSE coalesce(s.first_failure, '') END,
                    end_time = CASE WHEN s.ended THEN now() END
                FROM (
                    SELECT x.id, t.*, x.discovered AND t.total = t.failed + t.succeed AS ended,
                           (SELECT f.src_resource || ': ' || f.status_text FROM task f
                            WHERE f.execution_id = x.id AND f.state = 'failed' AND t.failed > 0
                            ORDER BY f.id LIMIT 1) AS first_failure
                    FROM execution x
                    CROSS JOIN LATERAL (
                        SELECT count(*) AS total,
                               count(*) FILTER (WHERE state IN ('failed', 'stopped')) AS failed,
                               count(*) FILTER (WHERE state IN ('succeeded', 'skipped')) AS succeed,
                               coalesce(sum(copied), 0) AS copied, coalesce(sum(unchanged), 0) AS unchanged,
                               coalesce(sum(kept), 0) AS kept, coalesce(sum(skipped), 0) AS skipped,
                               coalesce(sum(failed_artifacts), 0) AS failed_artifacts,
                               coalesce(sum(bytes), 0) AS bytes
                        FROM task WHERE execution_id = x.id) t
                    WHERE x.id = ANY(:ids::bigint[])) s
                WHERE e.id = s.id
                """).param("ids", ids).update();
    }

    @Override
    public void sweep() {
        requeueOrphans();
        refresh(this.jdbc.sql("SELECT id FROM execution WHERE end_time IS NULL").query(Long.class).list());
    }

    /**
     * A task in the queue or in work whose job is gone has nobody to look at it: back to
     * the backlog. The minute keeps off rows whose job is just being committed.
     */
    private void requeueOrphans() {
        this.jdbc.sql("""
                UPDATE task t SET state = 'pending', owner = NULL
                FROM execution e
                WHERE e.end_time IS NULL AND t.execution_id = e.id AND t.state IN ('queued', 'running')
                  AND NOT t.stop_requested AND t.state_time < now() - interval '1 minute'
                  AND NOT EXISTS (SELECT 1 FROM scheduled_tasks j
                                  WHERE j.task_name = 'transfer' AND j.task_instance = t.execution_id || '/' || t.id)
                """).update();
    }

}
