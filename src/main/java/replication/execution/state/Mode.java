package replication.execution.state;

import java.util.Locale;

/** Whether an execution carries out its policy. */
public enum Mode {

    APPLY,

    /** Finds out what would be done, and changes nothing anywhere. */
    PLAN;

    /** The mode with this name in the API and the database. */
    public static Mode of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
