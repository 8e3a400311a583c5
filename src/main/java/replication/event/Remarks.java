package replication.event;

/** What a sender has to tell whoever runs the service, beside its events. */
@FunctionalInterface
public interface Remarks {

    /**
     * Says a line, of which one a minute reaches the log.
     * @param about what counts as the same line
     * @param line of printable characters, however odd the delivery
     */
    void say(String about, String line);

}
