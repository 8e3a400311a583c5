package replication.notice;

import java.util.Arrays;
import java.util.Locale;

/** The events that notices are about. */
public enum Event {

    /** An execution was started. */
    EXECUTION_STARTED,
    /** An execution has ended in any state. */
    EXECUTION_FINISHED,
    /** An execution has ended as failed or partial. */
    EXECUTION_FAILED,
    /** The first failure of a policy, or the first after a success. */
    POLICY_FAILING,
    /** The first success of a policy after a failure. */
    POLICY_RECOVERED;

    /**
     * Finds the event of an id.
     * @throws IllegalArgumentException if there is none
     */
    public static Event of(String id) {
        return Arrays.stream(values())
            .filter((event) -> event.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no event " + id));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

}
