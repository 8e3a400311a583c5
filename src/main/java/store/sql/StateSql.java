package store.sql;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import replication.execution.state.ExecutionState;
import replication.execution.state.TaskState;

import static replication.execution.state.TaskState.Phase.DONE;
import static replication.execution.state.TaskState.Phase.HELD;
import static replication.execution.state.TaskState.Phase.NOTHING_TO_DO;
import static replication.execution.state.TaskState.Phase.NOT_DONE;
import static replication.execution.state.TaskState.Phase.OWNED;
import static replication.execution.state.TaskState.Phase.QUEUED;
import static replication.execution.state.TaskState.Phase.RESTING;
import static replication.execution.state.TaskState.Phase.WAITING;

/**
 * Writes sets of states into SQL. A statement names a set, such as {@code state IN ({task
 * open})}, or the states that may become another: {@code state IN ({task to queued})}.
 * The states stand in the text as constants and not as a parameter, because the planner
 * uses a partial index only where it sees them.
 */
public final class StateSql {

    private static final Pattern NAMED = Pattern.compile("\\{((?:execution|task) [a-z ]+)}");

    private static final Map<String, String> SETS = sets();

    private StateSql() {
    }

    private static Map<String, String> sets() {
        Map<String, String> sets = new HashMap<>();
        Arrays.stream(ExecutionState.values())
            .forEach((state) -> sets.put("execution to " + state.id(), executions(state.from())));
        sets.put("execution open", executions(ExecutionState.in(ExecutionState.Phase.WAITING,
                ExecutionState.Phase.WORKING, ExecutionState.Phase.HELD, ExecutionState.Phase.STOPPING)));
        // Neither held nor about to stop.
        sets.put("execution going on",
                executions(ExecutionState.in(ExecutionState.Phase.WAITING, ExecutionState.Phase.WORKING)));
        sets.put("execution begun",
                executions(ExecutionState.in(ExecutionState.Phase.WORKING, ExecutionState.Phase.STOPPING)));
        sets.put("execution not held", executions(ExecutionState.in(ExecutionState.Phase.WAITING,
                ExecutionState.Phase.WORKING, ExecutionState.Phase.STOPPING)));
        sets.put("execution not stopping", executions(ExecutionState.in(ExecutionState.Phase.WAITING,
                ExecutionState.Phase.WORKING, ExecutionState.Phase.HELD)));
        sets.put("execution ended", executions(ExecutionState.in(ExecutionState.Phase.ENDED)));

        Arrays.stream(TaskState.values()).forEach((state) -> sets.put("task to " + state.id(), tasks(state.from())));
        sets.put("task open", tasks(TaskState.in(WAITING, QUEUED, OWNED, RESTING, HELD)));
        // The predicate of task_in_work_idx.
        sets.put("task in work", tasks(TaskState.in(QUEUED, OWNED, RESTING)));
        sets.put("task in work without owner", tasks(TaskState.in(QUEUED, RESTING)));
        // Those that have a job.
        sets.put("task dispatched", tasks(TaskState.in(QUEUED, OWNED)));
        sets.put("task without owner", tasks(TaskState.in(WAITING, QUEUED, RESTING, HELD)));
        sets.put("task well ended", tasks(TaskState.in(DONE, NOTHING_TO_DO)));
        sets.put("task not done", tasks(TaskState.in(NOT_DONE)));
        // Part of the predicate of task_apart_idx.
        sets.put("task ended without work", tasks(TaskState.in(NOTHING_TO_DO, NOT_DONE)));
        return Map.copyOf(sets);
    }

    private static String executions(Collection<ExecutionState> states) {
        return states.stream().map((state) -> "'" + state.id() + "'").collect(Collectors.joining(", "));
    }

    private static String tasks(Collection<TaskState> states) {
        return states.stream().map((state) -> "'" + state.id() + "'").collect(Collectors.joining(", "));
    }

    /**
     * The statement with its sets.
     * @throws IllegalArgumentException where it names one that there is not
     */
    public static String render(String sql) {
        return NAMED.matcher(sql).replaceAll((named) -> {
            String states = SETS.get(named.group(1));
            if (states == null) {
                throw new IllegalArgumentException("there is no set of states " + named.group());
            }
            return states;
        });
    }

}
