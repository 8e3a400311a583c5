package store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

import replication.CannotStart;
import store.secret.PrivateFiles;

/**
 * The PostgreSQL that Drayage starts when no database is configured: in the home folder,
 * on a free port of the loopback, protected by a password, with full durability. It
 * survives a kill of this process; the next start finds the old server, stops it and
 * starts a new one.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String NAME = "drayage";

    private static final int PASSWORD_BYTES = 24;

    private final FolderLock lock;

    private final PostgresServer server;

    private final int port;

    private final String password;

    private EmbeddedDatabase(FolderLock lock, PostgresServer server, int port, String password) {
        this.lock = lock;
        this.server = server;
        this.port = port;
        this.password = password;
    }

    /** Starts the server, with PostgreSQL's programs in {@code ~/.cache/drayage}. */
    public static EmbeddedDatabase start(Path home) {
        return start(home, Path.of(System.getProperty("user.home"), ".cache", "drayage"));
    }

    /**
     * Starts the server.
     * @param cache the folder of PostgreSQL's unpacked programs, shared by all homes
     * @throws IllegalStateException with one line if another Drayage uses that home
     */
    public static EmbeddedDatabase start(Path home, Path cache) {
        Path folder = home.toAbsolutePath().resolve("postgres");
        try {
            PrivateFiles.createFolder(folder);
            FolderLock lock = FolderLock.take(folder);
            try {
                return start(folder, cache, lock);
            }
            catch (IOException | SQLException | RuntimeException ex) {
                lock.close();
                throw ex;
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException("start PostgreSQL in " + folder + ": " + ex.getMessage(), ex);
        }
        catch (SQLException ex) {
            throw new CannotStart("set up PostgreSQL in " + folder + ": " + ex.getMessage(), ex);
        }
    }

    private static EmbeddedDatabase start(Path folder, Path cache, FolderLock lock) throws IOException, SQLException {
        Path bin = new PostgresBinaries(cache.toAbsolutePath()).unpack();
        PostgresServer server = new PostgresServer(folder,
                new PostgresPrograms(bin, folder.resolve("last-command.log")));
        String password = password(folder);
        server.initialise(NAME, folder.resolve("password"));
        EmbeddedDatabase database = new EmbeddedDatabase(lock, server, server.start(), password);
        try {
            database.create();
        }
        catch (SQLException ex) {
            server.stop();
            throw ex;
        }
        return database;
    }

    private static String password(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (Files.notExists(file)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            PrivateFiles.create(folder, "password", Base64.getUrlEncoder().encodeToString(random));
        }
        return Files.readString(file);
    }

    private void create() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), user(), password());
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + NAME);
            }
        }
    }

    public String jdbcUrl() {
        return url(NAME);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + database;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return this.password;
    }

    /** Stops the server; everything that uses it must be closed before. */
    @Override
    public void close() {
        try (this.lock) {
            this.server.stop();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("stop PostgreSQL: " + ex.getMessage(), ex);
        }
    }

}
