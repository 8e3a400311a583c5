package app.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import store.sql.Outage;

/**
 * Logs in one line a minute that the database is away, and why, and in another that it is
 * back. Other log events of the same outage are dropped.
 */
public final class DatabaseWatch extends TurboFilter implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration LOGGED_AGAIN = Duration.ofMinutes(1);

    /** A database that takes some writes and refuses others is not back. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Clock clock;

    private final @Nullable LoggerContext logback;

    private @Nullable Absence absence;

    public DatabaseWatch(Clock clock) {
        this.clock = clock;
        this.logback = (LoggerFactory.getILoggerFactory() instanceof LoggerContext found) ? found : null;
    }

    /** From now on; a start that fails says itself what it failed with. */
    public void begin() {
        if (this.logback != null) {
            this.logback.addTurboFilter(this);
        }
    }

    @Override
    public FilterReply decide(@Nullable Marker marker, ch.qos.logback.classic.Logger logger, Level level,
            @Nullable String format, Object @Nullable [] params, @Nullable Throwable thrown) {
        Throwable failure = (thrown != null) ? thrown : last(params);
        return (failure instanceof Exception ex && level.isGreaterOrEqual(logger.getEffectiveLevel()) && explains(ex))
                ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static @Nullable Throwable last(Object @Nullable [] params) {
        return (params != null && params.length > 0 && params[params.length - 1] instanceof Throwable failure) ? failure
                : null;
    }

    /**
     * Whether an outage explains a failure; it has then been logged here and needs no
     * line of its own.
     */
    public boolean explains(Exception failure) {
        if (!Outage.explains(failure)) {
            return false;
        }
        failed().ifPresent(
                (away) -> LOG.error("the database does not answer{}: {}; what needs it waits and goes on by itself",
                        away.isZero() ? "" : ", for " + away.toSeconds() + " s now", reason(failure)));
        return true;
    }

    /** How long it has been away; empty where that was logged within the last minute. */
    private synchronized Optional<Duration> failed() {
        Instant now = this.clock.instant();
        Absence known = this.absence;
        if (known != null && now.isBefore(known.logged().plus(LOGGED_AGAIN))) {
            this.absence = new Absence(known.since(), known.logged(), now);
            return Optional.empty();
        }
        Instant since = (known != null) ? known.since() : now;
        this.absence = new Absence(since, now, now);
        return Optional.of(Duration.between(since, now));
    }

    /** The database has just done what a duty asked of it. */
    public void answers() {
        answered().ifPresent((away) -> LOG.info("the database answers again, after {} s", away.toSeconds()));
    }

    /** How long it was away; empty where it still is. */
    private synchronized Optional<Duration> answered() {
        Absence known = this.absence;
        if (known == null || this.clock.instant().isBefore(known.last().plus(QUIET))) {
            return Optional.empty();
        }
        this.absence = null;
        return Optional.of(Duration.between(known.since(), known.last()));
    }

    /** What the server or the network said, which the pool and Spring wrap. */
    private static String reason(Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getMessage() != null) {
                reason = sql.getMessage();
            }
        }
        return reason.lines().findFirst().orElse(reason);
    }

    @Override
    public void close() {
        if (this.logback != null) {
            this.logback.getTurboFilterList().remove(this);
        }
    }

    /**
     * A time in which the database was away.
     *
     * @param logged when it was last logged
     * @param last when something last failed for it
     */
    private record Absence(Instant since, Instant logged, Instant last) {
    }

}
