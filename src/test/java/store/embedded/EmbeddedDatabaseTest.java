package store.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTest {

    private static final Path CACHE = Path.of("target", "postgres-cache");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path home;

    @Test
    void what_a_killed_process_has_committed_is_there_after_the_next_start() throws Exception {
        Process killed = spawn();
        assertThat(line(killed)).isEqualTo("committed");
        killed.toHandle().destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(this.home, CACHE)) {
            assertThat(query(database, "SELECT text FROM saved")).isEqualTo("precious");
        }
    }

    @Test
    void a_second_drayage_in_the_same_home_is_refused_while_the_first_one_lives() throws Exception {
        Process living = spawn();
        assertThat(line(living)).isEqualTo("committed");
        assertThatThrownBy(() -> EmbeddedDatabase.start(this.home, CACHE)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("in use by another Drayage (process " + living.pid() + ")")
            .hasMessageNotContaining("\n");
        living.getOutputStream().close();
        assertThat(living.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_is_traded_for_speed_and_only_the_loopback_is_served() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(this.home, CACHE)) {
            assertThat(query(database, "SHOW fsync")).isEqualTo("on");
            assertThat(query(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        }
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Victim.class.getName(), this.home.toString(), CACHE.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    @SuppressWarnings("NullAway") // null fails the assertion on the line
    private static String line(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals("committed")) {
            line = reader.readLine(); // a log line
        }
        return line;
    }

    private static String query(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(),
                database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** Commits a row, says so, and lives until its input ends or it is killed. */
    static final class Victim {

        public static void main(String[] args) throws Exception {
            try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]), Path.of(args[1]))) {
                try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(),
                        database.password()); Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE saved AS SELECT 'precious' AS text");
                }
                System.out.println("committed");
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
            }
        }

    }

}
