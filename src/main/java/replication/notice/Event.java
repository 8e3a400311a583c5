package replication.notice;

import java.util.Arrays;
import java.util.Locale;

/** What may be told. */
public enum Event {

    /** An execution is there and will run. */
    EXECUTION_STARTED,
    /** It has ended, in whatever way. */
    EXECUTION_FINISHED,
    /** It has ended as failed or partial. */
    EXECUTION_FAILED,
    /** The first failure of a policy, or the first after a success. */
    POLICY_FAILING,
    /** The first success of a policy after a failure. */
    POLICY_RECOVERED;

    /**
     * The event of this id.
     * @throws IllegalArgumentException where there is none
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
