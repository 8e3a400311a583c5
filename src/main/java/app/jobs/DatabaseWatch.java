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
 * Says that the database is away, and why, in one line a minute, and that it is back in
 * another. These stand for all that its users log meanwhile: an event with a failure that
 * an outage explains goes no further.
 */
public final class DatabaseWatch extends TurboFilter implements AutoCloseable {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

    private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

    /** A database that takes some writes and refuses others is not back. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Clock clock;

    private final @Nullable LoggerContext logback;

    private @Nullable Outing outing;

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
     * Whether an outage explains a failure; then it has been told here and needs no line
     * of its own.
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

    /** For how long it has been away, where that is to be told now. */
    private synchronized Optional<Duration> failed() {
        Instant now = this.clock.instant();
        Outing known = this.outing;
        if (known != null && now.isBefore(known.told().plus(TOLD_AGAIN))) {
            this.outing = new Outing(known.since(), known.told(), now);
            return Optional.empty();
        }
        Instant since = (known != null) ? known.since() : now;
        this.outing = new Outing(since, now, now);
        return Optional.of(Duration.between(since, now));
    }

    /** The database has just done what a duty asked of it. */
    public void answers() {
        answered().ifPresent((away) -> LOG.info("the database answers again, after {} s", away.toSeconds()));
    }

    /** For how long it was away, where that is over. */
    private synchronized Optional<Duration> answered() {
        Outing known = this.outing;
        if (known == null || this.clock.instant().isBefore(known.last().plus(QUIET))) {
            return Optional.empty();
        }
        this.outing = null;
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
     * A time without the database.
     *
     * @param told when it was last said
     * @param last when something last failed for it
     */
    private record Outing(Instant since, Instant told, Instant last) {
    }

}
