package store.execution;

import java.util.List;

import replication.execution.Control;
import replication.execution.ExecutionChange;
import replication.execution.state.Operation;
import replication.execution.task.TaskKey;
import store.sql.Changes;
import store.sql.Database;

/** What operators ask of executions and tasks, each in one transaction. */
public final class ControlTable implements Control {

    /** More is a log, not a history of decisions. */
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
    public void operate(long executionId, Operation operation, String who) {
        switch (operation) {
            case STOP -> this.stop.stop(executionId, who);
            case PAUSE -> this.pause.pause(executionId, who);
            case RESUME -> this.pause.resume(executionId, who);
            case RETRY -> this.retry.retry(executionId, who);
        }
    }

    @Override
    public void operate(TaskKey task, Operation operation, String who) {
        this.tasks.operate(task, operation, who);
    }

    @Override
    public List<ExecutionChange> changes(long executionId) {
        return this.changes.of(executionId, LATEST);
    }

}
