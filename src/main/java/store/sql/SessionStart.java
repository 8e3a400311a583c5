package store.sql;

import java.time.Duration;

/**
 * What each connection of the pool says to its server first, so that a node which stands
 * still or has vanished between two statements does not keep its locks: its transaction
 * is ended, and the others go on. A server that is asked over a socket file or through a
 * pooler takes these too, and has no use for the keepalives.
 */
public final class SessionStart {

    /**
     * No transaction of ours rests between two statements but for a pause of the JVM.
     */
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

    /** The caller's transaction rests while others of its own do the work. */
    public static void mayRest(Database database) {
        database.sql("SET LOCAL idle_in_transaction_session_timeout = 0").update();
    }

}
