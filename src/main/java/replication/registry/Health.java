package replication.registry;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the last check of a registry found.
 *
 * @param reason in one line, why it is not healthy, or as whom it lets us in
 * @param hint what likely helps; empty if that is not known
 * @param checkedAt when, null before the first check
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
