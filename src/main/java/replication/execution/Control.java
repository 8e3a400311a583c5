package replication.execution;

import java.util.List;

import replication.access.Caller;
import replication.execution.state.Operation;
import replication.execution.task.TaskKey;

/**
 * The commands of operators to executions and tasks. A command is durable when its method
 * returns, and takes effect within a second on any node. A command for a state that is
 * there already changes nothing.
 */
public interface Control {

    /**
     * Stops, pauses, resumes an execution, or tries again what has failed or was stopped
     * in it.
     * @throws replication.Refusal.Missing where there is none
     * @throws replication.Refusal.Conflict where it cannot be done in its state
     */
    void operate(long executionId, Operation operation, Caller caller);

    /**
     * The same for one task.
     * @throws replication.Refusal.Missing where there is none
     * @throws replication.Refusal.Conflict where it cannot be done in its state
     */
    void operate(TaskKey task, Operation operation, Caller caller);

    /** What was done to an execution and its tasks so far, in order. */
    List<ExecutionChange> changes(long executionId);

}
