package replication.execution.state;

import java.util.Locale;

/** An operator's command for an execution or one of its tasks. */
public enum Operation {

    STOP, PAUSE, RESUME, RETRY;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
