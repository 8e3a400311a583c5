package store.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;
import java.util.Set;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;
import replication.StoreAway;

/**
 * Distinguishes, by the class of SQLSTATE (PostgreSQL, appendix A), a database that is
 * away, full or a standby from a wrong statement. A session that the server ended because
 * its node stood still is no wrong statement either. Connections to a former primary that
 * has come back as a standby would be alive but useless, so the pool throws them away, as
 * it does with sessions that were ended for resting.
 */
public final class Outage implements SQLExceptionOverride {

    private static final String READ_ONLY = "25006";

    /**
     * The server ended the session because a transaction did nothing, or lasted, for too
     * long, or because the session did nothing outside of one.
     */
    private static final Set<String> RESTED = Set.of("25P03", "25P04", "57P05");

    /**
     * Whether an outage is the reason of a failure, at any depth. A rollback over a lost
     * connection fails without a state, because the pool has closed it; the original
     * failure is then only suppressed.
     */
    public static boolean explains(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql && explains(sql.getSQLState()))
                    || Arrays.stream(cause.getSuppressed()).anyMatch(Outage::explains)) {
                return true;
            }
        }
        return false;
    }

    /** A {@link StoreAway} for an outage, or else the failure itself. */
    static RuntimeException orElse(RuntimeException failure) {
        if (failure instanceof TransactionSystemException ending) {
            // A commit or rollback that fails has lost its connection. The failure before
            // it counts; after a commit Spring keeps only the rollback's failure.
            return (ending.getApplicationException() instanceof RuntimeException first) ? orElse(first)
                    : new StoreAway(ending);
        }
        return (!(failure instanceof StoreAway) && explains(failure)) ? away(failure) : failure;
    }

    /** The failure in the caller's terms. */
    static StoreAway away(Exception failure) {
        return exhausted(failure) ? new StoreAway("all connections to the database are in use", failure)
                : new StoreAway(failure);
    }

    // The pool adds a recent reason why a connection failed, if there is one.
    private static boolean exhausted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return cause.getCause() == null;
            }
        }
        return false;
    }

    private static boolean explains(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return false;
        }
        return switch (state.substring(0, 2)) {
            // Connection; insufficient resources (a full disk); operator intervention;
            // system error.
            case "08", "53", "58" -> true;
            // A cancelled statement took too long.
            case "57" -> !state.equals("57014");
            default -> state.equals(READ_ONLY) || RESTED.contains(state);
        };
    }

    @java.lang.Override
    public Override adjudicate(SQLException ex) {
        String state = ex.getSQLState();
        return READ_ONLY.equals(state) || (state != null && RESTED.contains(state)) ? Override.MUST_EVICT
                : Override.CONTINUE_EVICT;
    }

}
