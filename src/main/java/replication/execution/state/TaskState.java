package replication.execution.state;

import java.util.Locale;

/** Where a task stands; the moves between states are {@link Moves}. */
public enum TaskState {

    PENDING, QUEUED, RUNNING, RETRYING, PAUSED, SUCCEEDED, FAILED, STOPPED, SKIPPED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has ended. */
    public boolean terminal() {
        return switch (this) {
            case PENDING, QUEUED, RUNNING, RETRYING, PAUSED -> false;
            case SUCCEEDED, FAILED, STOPPED, SKIPPED -> true;
        };
    }

}
