package app.settings;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices are sent.
 *
 * @param pause after the first attempt that failed; each next one is three times as long
 * @param most the longest pause
 * @param giveUp how long a notice is tried before it is dead and the next one is sent
 * @param keep how long delivered and dead notices are kept
 * @param timeout of one attempt, from beginning to end
 * @param atOnce attempts side by side on this node
 */
public record NoticeSettings(@DefaultValue("1s") Duration pause, @DefaultValue("10m") Duration most,
        @DefaultValue("24h") Duration giveUp, @DefaultValue("7d") Duration keep, @DefaultValue("10s") Duration timeout,
        @DefaultValue("16") int atOnce) {

    /** A lease's minute must be longer than an attempt. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    public NoticeSettings {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("drayage.notify.timeout must be at most 30s, but is " + timeout);
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("drayage.notify.at-once must be at least 1, but is " + atOnce);
        }
    }

}
