package store;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import replication.Refusal;

/**
 * Stops an execution in one transaction. Its row is locked first, so whoever adds tasks
 * (and locks it too) has either finished, and they are stopped here, or finds it stopping
 * and adds none.
 */
final class StopExecution {

    private final JdbcClient jdbc;

    private final TransactionOperations transactions;

    StopExecution(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    void stop(long id, String who) {
        this.transactions.executeWithoutResult((_) -> {
            String state = this.jdbc.sql("SELECT state FROM execution WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refusal.Missing("execution", id));
            if (state.equals("pending") || state.equals("running") || state.equals("paused")) {
                stopRows(id, "stopped by " + who);
            }
        });
    }

    private void stopRows(long id, String why) {
        this.jdbc.sql("UPDATE execution SET state = 'stopping', discovered = true, status_text = :why WHERE id = :id")
            .param("why", why)
            .param("id", id)
            .update();
        this.jdbc.sql("""
                UPDATE task SET state = 'stopped', status_text = :why, end_time = now()
                WHERE execution_id = :id AND state IN ('pending', 'queued', 'retrying', 'paused')
                """).param("why", why).param("id", id).update();
        this.jdbc.sql("UPDATE task SET stop_requested = true WHERE execution_id = :id AND state = 'running'")
            .param("id", id)
            .update();
        // What is picked ends by itself: its claim finds nothing.
        this.jdbc.sql("""
                DELETE FROM scheduled_tasks
                WHERE NOT picked AND ((task_name = 'discover' AND task_instance = :id::text)
                                      OR (task_name = 'transfer' AND starts_with(task_instance, :id::text || '/')))
                """).param("id", id).update();
    }

}
