package replication.execution.state;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The states of a task, each with its phase and the states that may follow it. Code and
 * SQL take their sets of states from here: a new state is a name with its phase and its
 * row among the moves.
 */
public enum TaskState {

    PENDING(Phase.WAITING),

    QUEUED(Phase.QUEUED),

    RUNNING(Phase.OWNED),

    RETRYING(Phase.RESTING),

    PAUSED(Phase.HELD),

    SUCCEEDED(Phase.DONE),

    FAILED(Phase.NOT_DONE),

    STOPPED(Phase.NOT_DONE),

    SKIPPED(Phase.NOTHING_TO_DO);

    private final Phase phase;

    TaskState(Phase phase) {
        this.phase = phase;
    }

    // The allowed moves.
    private Set<TaskState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(QUEUED, PAUSED, STOPPED);
            case QUEUED -> EnumSet.of(RUNNING, PENDING, PAUSED, STOPPED);
            // From running to running: another node claims a dead node's task, with the
            // next attempt.
            case RUNNING -> EnumSet.of(RUNNING, RETRYING, PENDING, PAUSED, SUCCEEDED, FAILED, STOPPED, SKIPPED);
            case RETRYING -> EnumSet.of(QUEUED, PAUSED, STOPPED);
            case PAUSED -> EnumSet.of(PENDING, STOPPED);
            case SUCCEEDED -> EnumSet.noneOf(TaskState.class);
            case FAILED -> EnumSet.of(PENDING);
            case STOPPED -> EnumSet.of(PENDING);
            case SKIPPED -> EnumSet.noneOf(TaskState.class);
        };
    }

    /** The state with this name in the API and the database. */
    public static TaskState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public Phase phase() {
        return this.phase;
    }

    public boolean mayBecome(TaskState state) {
        return next().contains(state);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a task in this state has ended. */
    public boolean terminal() {
        return switch (this.phase) {
            case WAITING, QUEUED, OWNED, RESTING, HELD -> false;
            case DONE, NOTHING_TO_DO, NOT_DONE -> true;
        };
    }

    /** Whether an operator may retry a task in this state. */
    public boolean retriable() {
        return this.phase == Phase.NOT_DONE;
    }

    /** The phases of a task. */
    public enum Phase {

        /** In the backlog. */
        WAITING,
        /** In the queue: a job will claim it. */
        QUEUED,
        /** Owned by a node. */
        OWNED,
        /** Out of the queue until its next attempt is due. */
        RESTING,
        /** Held until an operator resumes it. */
        HELD,

        DONE, NOTHING_TO_DO, NOT_DONE

    }

}
