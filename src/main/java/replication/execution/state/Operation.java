package replication.execution.state;

import java.util.Locale;

/** What somebody may ask of an execution or of one of its tasks. */
public enum Operation {

    STOP, PAUSE, RESUME, RETRY;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
