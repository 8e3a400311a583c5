package store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a folder, for whoever has no other. It survives
 * {@code kill -9}: the server that the killed process left behind is stopped, and started
 * anew on its data. A folder that a living Drayage holds is refused.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FileChannel lockFile;

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres postgres) {
        this.lockFile = lockFile;
        this.postgres = postgres;
    }

    /**
     * Starts the server.
     * @throws IllegalStateException in one line, where another Drayage holds the folder
     */
    public static EmbeddedDatabase start(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile = lock(folder);
            Path data = folder.resolve("data");
            stopOrphan(data);
            return new EmbeddedDatabase(lockFile, server(folder, data));
        }
        catch (IOException ex) {
            throw new UncheckedIOException("cannot start the embedded database in " + folder + ": " + ex.getMessage(),
                    ex);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        @Nullable FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new IllegalStateException("another Drayage is running on " + folder
                    + "; give this one a DRAYAGE_HOME of its own, or both a DRAYAGE_DB_URL");
        }
        return channel;
    }

    /**
     * With the lock in our hands, a server that still runs on the data has lost its
     * Drayage.
     */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle orphan = ProcessHandle.of(pid).filter(EmbeddedDatabase::isPostgres).orElse(null);
        if (orphan == null) {
            return;
        }
        LOG.info("the database server {} was left behind by a Drayage that was killed; it is started anew", pid);
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients, and loses
        // nothing.
        new ProcessBuilder("kill", "-INT", String.valueOf(pid)).inheritIO().start();
        try {
            orphan.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database server ends", ex);
        }
        catch (ExecutionException | TimeoutException ex) {
            throw new IllegalStateException("the database server " + pid + " does not end; stop it by hand", ex);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map((command) -> command.contains("postgres")).orElse(false);
    }

    private static EmbeddedPostgres server(Path folder, Path data) throws IOException {
        return EmbeddedPostgres.builder()
            .setDataDirectory(data.toFile())
            .setOverrideWorkingDirectory(folder.resolve("server").toFile())
            .setCleanDataDirectory(false)
            .setPGStartupWait(PATIENCE)
            // The library switches these off, for tests; here data are to survive.
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("shared_buffers", "128MB")
            .setServerConfig("max_connections", "60")
            .start();
    }

    public String url() {
        return this.postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            this.postgres.close();
            this.lockFile.close();
        }
        catch (IOException ex) {
            throw new UncheckedIOException("the embedded database did not stop cleanly; it recovers at the next start",
                    ex);
        }
    }

}
