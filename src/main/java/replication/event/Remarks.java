package replication.event;

/** Hints for the operator that a delivery gives beside its events. */
@FunctionalInterface
public interface Remarks {

    /**
     * Writes a line into the log, at most once a minute.
     * @param about what counts as the same line
     * @param line of printable characters, however odd the delivery
     */
    void say(String about, String line);

}
