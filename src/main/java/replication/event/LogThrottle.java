package replication.event;

import java.util.HashMap;
import java.util.Map;

/** Limits what one hook's deliveries write into the log. */
final class LogThrottle {

    private static final long AGAIN_MILLIS = 60_000;

    /** How many different lines a hook may write in a minute. */
    private static final int MOST = 16;

    private final Map<String, Long> said = new HashMap<>();

    /**
     * Whether a line may be written: the same one once a minute, and few different ones.
     */
    synchronized boolean permits(String about, long now) {
        this.said.values().removeIf((time) -> now - time > AGAIN_MILLIS);
        return this.said.size() < MOST && this.said.putIfAbsent(about, now) == null;
    }

}
