package replication.event;

import java.util.HashMap;
import java.util.Map;

/** What a hook's deliveries have led to in the log, lest one who sends many fills it. */
final class LogThrottle {

    private static final long AGAIN_MILLIS = 60_000;

    /** Topics of one hook that are to be confirmed in the same minute. */
    private static final int MOST = 16;

    private final Map<String, Long> said = new HashMap<>();

    /** Whether it is to be said: once a minute, and not too many things. */
    synchronized boolean says(String about, long now) {
        this.said.values().removeIf((time) -> now - time > AGAIN_MILLIS);
        return this.said.size() < MOST && this.said.putIfAbsent(about, now) == null;
    }

}
