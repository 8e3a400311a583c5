package store;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.execution.PlannedTask;

/** Adds tasks to the backlog, as discovery finds them. */
final class TaskBacklog {

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    TaskBacklog(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Adds what is not there yet, while the execution runs; its row's lock keeps a stop
     * from coming in between. Two repositories that lead to one destination would
     * overwrite each other's tags: the one found second fails and says so.
     */
    void add(long executionId, List<PlannedTask> planned) {
        this.transactions.executeWithoutResult((_) -> {
            boolean running = this.jdbc.sql("SELECT true FROM execution WHERE id = :id AND state = 'running' FOR SHARE")
                .param("id", executionId)
                .query(Boolean.class)
                .optional()
                .isPresent();
            if (running) {
                insert(executionId, planned);
                failCollisions(executionId, planned);
            }
        });
    }

    private void insert(long executionId, List<PlannedTask> planned) {
        this.jdbc.sql("""
                INSERT INTO task (execution_id, resource_type, src_resource, dest_resource, state)
                SELECT :executionId, p.type, p.source, p.destination, 'pending'
                FROM unnest(:types::text[], :sources::text[], :destinations::text[])
                     WITH ORDINALITY AS p(type, source, destination, place)
                ORDER BY p.place
                ON CONFLICT (execution_id, src_resource) DO NOTHING
                """)
            .param("executionId", executionId)
            .param("types", planned.stream().map((task) -> task.resource().id()).toArray(String[]::new))
            .param("sources", planned.stream().map(PlannedTask::source).toArray(String[]::new))
            .param("destinations", planned.stream().map(PlannedTask::destination).toArray(String[]::new))
            .update();
    }

    private void failCollisions(long executionId, List<PlannedTask> planned) {
        this.jdbc
            .sql("""
                    UPDATE task t
                    SET state = 'failed', end_time = now(),
                        status_text = 'its destination ' || t.dest_resource || ' is that of ' || first.src_resource || ' as well'
                    FROM task first
                    WHERE t.execution_id = :executionId AND t.state = 'pending' AND t.src_resource = ANY(:sources::text[])
                      AND first.execution_id = :executionId AND first.dest_resource = t.dest_resource AND first.id < t.id
                    """)
            .param("executionId", executionId)
            .param("sources", planned.stream().map(PlannedTask::source).toArray(String[]::new))
            .update();
    }

}
