package replication.execution.state;

import java.util.Locale;

/** Whether an execution does what its policy says. */
public enum Mode {

    APPLY,

    /** Finds out what would be done and changes nothing anywhere. */
    PLAN;

    /** By the name that the API and the database use. */
    public static Mode of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
