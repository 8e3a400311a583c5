package store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import replication.access.Caller;
import replication.execution.ExecutionChange;

/**
 * The table {@code execution_change}: who changed what, when and why, written in the
 * transaction of the change itself.
 */
public final class Changes {

    private final Database database;

    public Changes(Database database) {
        this.database = database;
    }

    public void execution(long executionId, Caller caller, String state, String why) {
        write(executionId, null, caller, state, why);
    }

    public void task(long executionId, long taskId, Caller caller, String state, String why) {
        write(executionId, taskId, caller, state, why);
    }

    private void write(long executionId, @Nullable Long taskId, Caller caller, String state, String why) {
        this.database.sql("""
                INSERT INTO execution_change (execution_id, task_id, who, state, why)
                VALUES (:execution, :task::bigint, :who, :state, :why)
                """)
            .param("execution", executionId)
            .param("task", taskId)
            .param("who", caller.name())
            .param("state", state)
            .param("why", Columns.text(why))
            .update();
    }

    public List<ExecutionChange> of(long executionId, int limit) {
        return this.database.sql("""
                SELECT * FROM (
                    SELECT * FROM execution_change WHERE execution_id = :execution ORDER BY id DESC LIMIT :limit) latest
                ORDER BY id
                """).param("execution", executionId).param("limit", limit).query(Changes::read).list();
    }

    private static ExecutionChange read(ResultSet row, int number) throws SQLException {
        return new ExecutionChange(Columns.time(row, "time"), row.getObject("task_id", Long.class),
                row.getString("who"), row.getString("state"), row.getString("why"));
    }

}
