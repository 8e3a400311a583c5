package replication.execution.state;

import java.util.Locale;

/** Where an execution stands; the moves between states are {@link Moves}. */
public enum ExecutionState {

    PENDING, RUNNING, PAUSED, STOPPING, SUCCEEDED, PARTIAL, FAILED, STOPPED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has ended. */
    public boolean terminal() {
        return switch (this) {
            case PENDING, RUNNING, PAUSED, STOPPING -> false;
            case SUCCEEDED, PARTIAL, FAILED, STOPPED -> true;
        };
    }

}
