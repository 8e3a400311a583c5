package replication.policy;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a start does while an execution of the same policy is open. */
public enum Overlap {

    /** Nothing is started. */
    SKIP,
    /** The new one waits until the other has ended; a further start is refused. */
    QUEUE,
    /** The other is stopped; the new one begins when it has ended. */
    REPLACE,
    /** Both run. */
    ALLOW;

    /** The name in JSON and in the database. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
