package replication.notice;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The state of a notice to one subscription.
 *
 * @param attempts how many have begun
 * @param due when the next attempt is made; during an attempt, the end of its lease
 * @param error why the last attempt failed; empty if none has failed
 * @param endTime when the notice was delivered or given up
 */
public record Delivery(long id, Notice notice, State state, int attempts, Instant due, String error,
        @Nullable Instant endTime) {

    /** Whether the notice waits, has arrived or was given up. */
    public enum State {

        WAITING, DELIVERED, DEAD;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
