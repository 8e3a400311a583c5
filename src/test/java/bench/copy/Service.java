package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import fixtures.Api;
import org.awaitility.Awaitility;

/**
 * The service as it ships, from its jar, with a heap of 256 MiB, on its embedded
 * database.
 */
final class Service implements AutoCloseable {

    private static final String PASSWORD = "bench-bench";

    private final Path home;

    private final Path log;

    private final Process process;

    private final Api api;

    private final double startSeconds;

    /**
     * Starts it.
     * @param home on a disk, for the database is to pay for its fsync
     */
    Service(Path program, Path home) {
        this.home = home;
        this.log = home.resolve("bench.log");
        int port = freePort();
        this.api = new Api(port, "admin", PASSWORD);
        try {
            Files.createDirectories(home);
            ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
            builder.environment()
                .putAll(Map.of("DRAYAGE_HOME", home.toString(), "SERVER_PORT", String.valueOf(port),
                        "DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", PASSWORD, "JDK_JAVA_OPTIONS",
                        "-Xmx256m " + System.getenv().getOrDefault("DRAYAGE_BENCH_JAVA_OPTIONS", "")));
            long begin = System.nanoTime();
            this.process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroy));
            awaitReady();
            this.startSeconds = (System.nanoTime() - begin) / 1e9;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void awaitReady() {
        Awaitility.await("Drayage is ready")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> {
                if (!this.process.isAlive()) {
                    throw new AssertionError("Drayage ended:\n" + Files.readString(this.log));
                }
                try {
                    return this.api.anonymous("/actuator/health/readiness").status() == 200;
                }
                catch (IllegalStateException _) {
                    return false; // not listening yet
                }
            });
    }

    Api api() {
        return this.api;
    }

    long pid() {
        return this.process.pid();
    }

    /** From the process's begin to its readiness. */
    double startSeconds() {
        return this.startSeconds;
    }

    /** The database's main process. */
    long postmaster() {
        try {
            return Long
                .parseLong(Files.readAllLines(this.home.resolve("postgres/data/postmaster.pid")).getFirst().trim());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        this.process.destroy();
        this.process.onExit().join();
    }

}
