package store.execution;

import java.util.List;

import replication.access.Caller;
import replication.execution.Control;
import replication.execution.ExecutionChange;
import replication.execution.state.Operation;
import replication.execution.task.TaskKey;
import store.sql.Changes;
import store.sql.Database;

/** The operators' commands for executions and tasks, each in one transaction. */
public final class ControlTable implements Control {

    /** A longer list would be a log and not a history of decisions. */
    private static final int LATEST = 500;

    private final ExecutionStop stop;

    private final ExecutionPause pause;

    private final ExecutionRetry retry;

    private final TaskControl tasks;

    private final Changes changes;

    public ControlTable(Database database) {
        this.stop = new ExecutionStop(database);
        this.pause = new ExecutionPause(database);
        this.retry = new ExecutionRetry(database);
        this.tasks = new TaskControl(database);
        this.changes = new Changes(database);
    }

    @Override
    public void operate(long executionId, Operation operation, Caller caller) {
        switch (operation) {
            case STOP -> this.stop.stop(executionId, caller);
            case PAUSE -> this.pause.pause(executionId, caller);
            case RESUME -> this.pause.resume(executionId, caller);
            case RETRY -> this.retry.retry(executionId, caller);
        }
    }

    @Override
    public void operate(TaskKey task, Operation operation, Caller caller) {
        this.tasks.operate(task, operation, caller);
    }

    @Override
    public List<ExecutionChange> changes(long executionId) {
        return this.changes.of(executionId, LATEST);
    }

}
