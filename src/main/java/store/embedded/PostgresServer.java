package store.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Sets up a data directory, and starts and stops the server on it. */
final class PostgresServer {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    // Committed data must survive a power cut. These are PostgreSQL's own defaults,
    // written down so that nobody changes them for speed.
    private static final Map<String, String> SETTINGS = Map.ofEntries(Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"), Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"), Map.entry("unix_socket_directories", ""),
            Map.entry("shared_buffers", "128MB"), Map.entry("max_connections", "60"), Map.entry("timezone", "UTC"),
            Map.entry("max_wal_size", "1GB"), Map.entry("log_checkpoints", "off"));

    private static final int TRIES = 3;

    private final Path folder;

    private final Path data;

    private final PostgresPrograms programs;

    PostgresServer(Path folder, PostgresPrograms programs) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.programs = programs;
    }

    /** Creates the data directory, whole or not at all. */
    void initialise(String user, Path passwordFile) throws IOException {
        if (Files.exists(this.data)) {
            return;
        }
        Path draft = this.folder.resolve("data.new");
        FileSystemUtils.deleteRecursively(draft);
        this.programs.run("initdb",
                List.of("-D", draft.toString(), "-U", user, "-A", "scram-sha-256", "--pwfile", passwordFile.toString(),
                        "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
        Files.move(draft, this.data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts the server on a free port of the loopback and returns the port. */
    int start() throws IOException {
        new OrphanPostmaster(this.data, this.programs).stop();
        for (int tried = 1;; tried++) {
            int port = freePort();
            try {
                start(port);
                return port;
            }
            catch (IOException ex) {
                // Another process may have taken the port since it was found free.
                if (tried == TRIES) {
                    throw new IOException(ex.getMessage() + "; its log: " + this.folder.resolve("server.log"), ex);
                }
            }
        }
    }

    private void start(int port) throws IOException {
        StringBuilder options = new StringBuilder("-p ").append(port);
        SETTINGS.forEach((name, value) -> options.append(" -c ").append(name).append("='").append(value).append('\''));
        this.programs.run("pg_ctl", List.of("-D", this.data.toString(), "-l", log().toString(), "-w", "-t", "300", "-o",
                options.toString(), "start"));
    }

    private Path log() throws IOException {
        Path log = this.folder.resolve("server.log");
        if (Files.exists(log)) {
            Files.move(log, this.folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void stop() throws IOException {
        stop(this.programs, this.data);
    }

    /**
     * Ends the server's sessions and stops it. A server that hangs is killed and recovers
     * at its next start.
     */
    static void stop(PostgresPrograms programs, Path data) throws IOException {
        try {
            programs.run("pg_ctl", List.of("-D", data.toString(), "-m", "fast", "-w", "-t", "30", "stop"));
        }
        catch (IOException ex) {
            LOG.warn("PostgreSQL does not stop within 30 s; it is stopped without a checkpoint: {}", ex.getMessage());
            programs.run("pg_ctl", List.of("-D", data.toString(), "-m", "immediate", "-w", "-t", "30", "stop"));
        }
    }

}
