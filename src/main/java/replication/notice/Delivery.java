package replication.notice;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How far a notice has come.
 *
 * @param attempts begun so far
 * @param due when the next one is made; while one goes on, the end of its lease
 * @param error why the last one failed; empty where none has
 * @param endTime when it was delivered or given up
 */
public record Delivery(long id, Notice notice, State state, int attempts, Instant due, String error,
        @Nullable Instant endTime) {

    /** Where it stands. */
    public enum State {

        WAITING, DELIVERED, DEAD;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
