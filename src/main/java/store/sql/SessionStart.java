package store.sql;

import java.time.Duration;

/**
 * The settings that each connection of the pool sends first, so that a node which stands
 * still or has vanished between two statements does not keep its locks: the server ends
 * its transaction. A server that is reached over a socket file or through a pooler
 * accepts the keepalives too, but does not use them.
 */
public final class SessionStart {

    /** Our transactions rest between two statements only during a pause of the JVM. */
    public static final Duration REST = Duration.ofSeconds(10);

    private SessionStart() {
    }

    /**
     * The statements.
     * @param rest how long a transaction may do nothing before the server ends it
     */
    public static String sql(Duration rest) {
        return """
                SET idle_in_transaction_session_timeout = %d;
                SET tcp_keepalives_idle = 10;
                SET tcp_keepalives_interval = 5;
                SET tcp_keepalives_count = 3;
                SET tcp_user_timeout = 30000
                """.formatted(rest.toMillis());
    }

    /** Lets the caller's transaction rest while other transactions do the work. */
    public static void mayRest(Database database) {
        database.sql("SET LOCAL idle_in_transaction_session_timeout = 0").update();
    }

}
