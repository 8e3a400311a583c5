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
 * Tells a database that is away, full or has become a standby from a statement that is
 * wrong, by the classes of SQLSTATE (PostgreSQL, appendix A). A session that the server
 * has ended because its node stood still says nothing about its work either. Connections
 * to a former primary that has come back as a standby would be alive and good for
 * nothing: the pool throws them away, and those that were ended for their rest.
 */
public final class Outage implements SQLExceptionOverride {

    private static final String READ_ONLY = "25006";

    /** In a transaction for too long, doing nothing or at all; without one. */
    private static final Set<String> RESTED = Set.of("25P03", "25P04", "57P05");

    /**
     * Whether it is the reason of a failure, however deep. A rollback over a connection
     * that was lost fails without a state, as the pool has closed it, and then what came
     * before is only suppressed.
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

    /** That the database is away where this is so, else the failure itself. */
    static RuntimeException orElse(RuntimeException failure) {
        if (failure instanceof TransactionSystemException ending) {
            // A commit or a rollback that fails has lost its connection. What came before
            // it counts; after a commit Spring keeps only what the rollback failed with.
            return (ending.getApplicationException() instanceof RuntimeException first) ? orElse(first)
                    : new StoreAway(ending);
        }
        return (!(failure instanceof StoreAway) && explains(failure)) ? away(failure) : failure;
    }

    /** What it is to whoever asked. */
    static StoreAway away(Exception failure) {
        return exhausted(failure) ? new StoreAway("all connections to the database are in use", failure)
                : new StoreAway(failure);
    }

    // The pool names what a connection failed with of late, where one has.
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
            // Connection; insufficient resources (a full disk); an operator's hand;
            // system.
            case "08", "53", "58" -> true;
            // A cancelled statement is one that took too long.
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
