package replication.registry;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The result of a registry's last check.
 *
 * @param reason one line: why it is not healthy, or the account that it accepts
 * @param hint advice that probably helps; empty if there is none
 * @param checkedAt null before the first check
 */
public record Health(Status status, String reason, String hint, @Nullable Instant checkedAt) {

    public static final Health UNKNOWN = new Health(Status.UNKNOWN, "", null);

    public Health(Status status, String reason, @Nullable Instant checkedAt) {
        this(status, reason, "", checkedAt);
    }

    /** Stored and shown in lower case. */
    public enum Status {

        UNKNOWN, HEALTHY, UNHEALTHY, UNAUTHORIZED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

    }

}
