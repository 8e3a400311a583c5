package store.sql;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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
 * The states are constants in the text and no parameters, because the planner uses a
 * partial index only if it sees them.
 */
public final class StateSql {

    private static final Pattern NAMED = Pattern.compile("\\{((?:execution|task) [a-z ]+)}");

    private static final Map<String, Set<ExecutionState.Phase>> EXECUTIONS = Map.of(
            // The predicate of execution_open_idx.
            "open",
            EnumSet.of(ExecutionState.Phase.WAITING, ExecutionState.Phase.WORKING, ExecutionState.Phase.HELD,
                    ExecutionState.Phase.STOPPING),
            // Neither held nor about to stop.
            "going on", EnumSet.of(ExecutionState.Phase.WAITING, ExecutionState.Phase.WORKING), //
            "begun", EnumSet.of(ExecutionState.Phase.WORKING, ExecutionState.Phase.STOPPING), //
            "not held",
            EnumSet.of(ExecutionState.Phase.WAITING, ExecutionState.Phase.WORKING, ExecutionState.Phase.STOPPING),
            "not stopping",
            EnumSet.of(ExecutionState.Phase.WAITING, ExecutionState.Phase.WORKING, ExecutionState.Phase.HELD), //
            "ended", EnumSet.of(ExecutionState.Phase.ENDED));

    private static final Map<String, Set<TaskState.Phase>> TASKS = Map.of("open",
            EnumSet.of(WAITING, QUEUED, OWNED, RESTING, HELD),
            // The predicate of task_in_work_idx.
            "in work", EnumSet.of(QUEUED, OWNED, RESTING), //
            "in work without owner", EnumSet.of(QUEUED, RESTING),
            // Those that have a job.
            "dispatched", EnumSet.of(QUEUED, OWNED), //
            "without owner", EnumSet.of(WAITING, QUEUED, RESTING, HELD), //
            "well ended", EnumSet.of(DONE, NOTHING_TO_DO), //
            "not done", EnumSet.of(NOT_DONE),
            // Part of the predicate of task_apart_idx.
            "ended without work", EnumSet.of(NOTHING_TO_DO, NOT_DONE));

    private static final Map<String, String> SETS = sets();

    private StateSql() {
    }

    private static Map<String, String> sets() {
        Map<String, String> sets = new HashMap<>();
        EXECUTIONS.forEach((name, phases) -> sets.put("execution " + name,
                list(ExecutionState.values(), (state) -> phases.contains(state.phase()))));
        TASKS.forEach((name, phases) -> sets.put("task " + name,
                list(TaskState.values(), (state) -> phases.contains(state.phase()))));
        for (ExecutionState to : ExecutionState.values()) {
            sets.put("execution to " + to.id(), list(ExecutionState.values(), (from) -> from.mayBecome(to)));
        }
        for (TaskState to : TaskState.values()) {
            sets.put("task to " + to.id(), list(TaskState.values(), (from) -> from.mayBecome(to)));
        }
        return sets;
    }

    private static <S extends Enum<S>> String list(S[] states, Predicate<S> wanted) {
        return Arrays.stream(states)
            .filter(wanted)
            .map((state) -> "'" + state.name().toLowerCase(Locale.ROOT) + "'")
            .collect(Collectors.joining(", "));
    }

    /**
     * Replaces the names of sets in a statement.
     * @throws IllegalArgumentException if it names an unknown set
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
