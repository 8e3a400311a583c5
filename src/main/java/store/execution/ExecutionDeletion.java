package store.execution;

import java.util.List;

import replication.Refusal;
import replication.execution.state.ExecutionState;
import store.history.Retention;
import store.sql.Database;

/**
 * Deletes an ended execution and all its rows; {@link Retention} deletes whole ranges of
 * executions. The execution's row is locked first, so that no retry comes between.
 */
final class ExecutionDeletion {

    private final Database database;

    private final ExecutionRow row;

    ExecutionDeletion(Database database) {
        this.database = database;
        this.row = new ExecutionRow(database);
    }

    void delete(long id) {
        this.database.inTransaction(() -> {
            ExecutionState state = this.row.lock(id);
            if (!state.terminal()) {
                throw new Refusal.Conflict("execution " + id + " is " + state.id() + ": stop it first");
            }
            for (String table : List.of("task_log", "artifact_outcome", "task")) {
                this.database.sql("DELETE FROM " + table + " WHERE execution_id = :id").param("id", id).update();
            }
            this.database.sql("DELETE FROM execution WHERE id = :id").param("id", id).update();
        });
    }

}
