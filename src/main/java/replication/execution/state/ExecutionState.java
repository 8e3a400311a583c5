package replication.execution.state;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The states of an execution, each with its phase and the states that may follow it. Code
 * and SQL take their sets of states from here: a new state is a name with its phase and
 * its row among the moves.
 */
public enum ExecutionState {

    PENDING(Phase.WAITING),

    RUNNING(Phase.WORKING),

    PAUSED(Phase.HELD),

    STOPPING(Phase.STOPPING),

    SUCCEEDED(Phase.ENDED),

    PARTIAL(Phase.ENDED),

    FAILED(Phase.ENDED),

    STOPPED(Phase.ENDED);

    private final Phase phase;

    ExecutionState(Phase phase) {
        this.phase = phase;
    }

    // The allowed moves.
    private Set<ExecutionState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(RUNNING, PAUSED, STOPPING);
            case RUNNING -> EnumSet.of(PAUSED, STOPPING, SUCCEEDED, PARTIAL, FAILED);
            case PAUSED -> EnumSet.of(PENDING, RUNNING, STOPPING);
            case STOPPING -> EnumSet.of(STOPPED);
            case SUCCEEDED -> EnumSet.noneOf(ExecutionState.class);
            // A retry; back to pending if the source has to be listed again.
            case PARTIAL -> EnumSet.of(PENDING, RUNNING);
            case FAILED -> EnumSet.of(PENDING, RUNNING);
            case STOPPED -> EnumSet.of(PENDING, RUNNING);
        };
    }

    /** The state with this name in the API and the database. */
    public static ExecutionState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public Phase phase() {
        return this.phase;
    }

    public boolean mayBecome(ExecutionState state) {
        return next().contains(state);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an execution in this state has ended. */
    public boolean terminal() {
        return this.phase == Phase.ENDED;
    }

    /** The phases of an execution. */
    public enum Phase {

        WAITING, WORKING, HELD, STOPPING, ENDED

    }

}
