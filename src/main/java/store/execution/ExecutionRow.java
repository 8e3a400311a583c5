package store.execution;

import replication.Refusal;
import replication.execution.state.ExecutionState;
import store.sql.Database;

/** The row of one execution, locked for the caller's transaction. */
final class ExecutionRow {

    private final Database database;

    ExecutionRow(Database database) {
        this.database = database;
    }

    /**
     * Locks the row, so that nobody else changes the state of the execution or its tasks.
     * @throws Refusal.Missing if there is no such execution
     */
    ExecutionState lock(long id) {
        return ExecutionState.of(this.database.sql("SELECT state FROM execution WHERE id = :id FOR UPDATE")
            .param("id", id)
            .query(String.class)
            .optional()
            .orElseThrow(() -> new Refusal.Missing("execution", id)));
    }

}
