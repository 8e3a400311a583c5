package replication.policy;

import java.util.Locale;

/** What a start does while an execution of the same policy goes on. */
public enum Overlap {

    /** Nothing is started. */
    SKIP,
    /** One waits until the other has ended; a further start is refused. */
    QUEUE,
    /** The other is stopped, and the new one begins when it has ended. */
    REPLACE,
    /** Both run. */
    ALLOW;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

}
