package replication.execution.state;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The moves between states: what is not listed here must not happen. */
public final class Moves {

    private static final Map<ExecutionState, Set<ExecutionState>> EXECUTION = new EnumMap<>(Map.of(
            ExecutionState.PENDING,
            EnumSet.of(ExecutionState.RUNNING, ExecutionState.PAUSED, ExecutionState.STOPPING, ExecutionState.FAILED),
            ExecutionState.RUNNING,
            EnumSet.of(ExecutionState.PAUSED, ExecutionState.STOPPING, ExecutionState.SUCCEEDED, ExecutionState.PARTIAL,
                    ExecutionState.FAILED),
            ExecutionState.PAUSED, EnumSet.of(ExecutionState.PENDING, ExecutionState.RUNNING, ExecutionState.STOPPING),
            ExecutionState.STOPPING, EnumSet.of(ExecutionState.STOPPED), ExecutionState.SUCCEEDED,
            EnumSet.noneOf(ExecutionState.class),
            // By a retry: back to pending where the source has to be listed again.
            ExecutionState.PARTIAL, EnumSet.of(ExecutionState.PENDING, ExecutionState.RUNNING), ExecutionState.FAILED,
            EnumSet.of(ExecutionState.PENDING, ExecutionState.RUNNING), ExecutionState.STOPPED,
            EnumSet.of(ExecutionState.PENDING, ExecutionState.RUNNING)));

    private static final Map<TaskState, Set<TaskState>> TASK = new EnumMap<>(Map.of(TaskState.PENDING,
            EnumSet.of(TaskState.QUEUED, TaskState.PAUSED, TaskState.STOPPED), TaskState.QUEUED,
            EnumSet.of(TaskState.RUNNING, TaskState.PENDING, TaskState.PAUSED, TaskState.STOPPED),
            // From running to running: a dead node's task is claimed by another, with the
            // next attempt.
            TaskState.RUNNING,
            EnumSet.of(TaskState.RUNNING, TaskState.RETRYING, TaskState.PENDING, TaskState.PAUSED, TaskState.SUCCEEDED,
                    TaskState.FAILED, TaskState.STOPPED, TaskState.SKIPPED),
            TaskState.RETRYING,
            EnumSet.of(TaskState.PENDING, TaskState.QUEUED, TaskState.RUNNING, TaskState.PAUSED, TaskState.STOPPED),
            TaskState.PAUSED, EnumSet.of(TaskState.PENDING, TaskState.STOPPED), TaskState.SUCCEEDED,
            EnumSet.noneOf(TaskState.class), TaskState.FAILED, EnumSet.of(TaskState.PENDING), TaskState.STOPPED,
            EnumSet.of(TaskState.PENDING), TaskState.SKIPPED, EnumSet.noneOf(TaskState.class)));

    private Moves() {
    }

    public static boolean allowed(ExecutionState from, ExecutionState to) {
        return EXECUTION.getOrDefault(from, Set.of()).contains(to);
    }

    public static boolean allowed(TaskState from, TaskState to) {
        return TASK.getOrDefault(from, Set.of()).contains(to);
    }

}
