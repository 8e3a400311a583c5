package store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server that a killed Drayage left behind. Used under the folder's lock only, which
 * proves that the process that started the server is dead.
 */
final class OrphanPostmaster {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanPostmaster.class);

    private final Path data;

    private final PostgresPrograms programs;

    OrphanPostmaster(Path data, PostgresPrograms programs) {
        this.data = data;
        this.programs = programs;
    }

    /** Stops the server if it runs, and deletes its mark if it does not. */
    void stop() throws IOException {
        Path mark = this.data.resolve("postmaster.pid");
        if (Files.notExists(mark)) {
            return;
        }
        Optional<ProcessHandle> orphan = process(Files.readAllLines(mark).getFirst());
        if (orphan.isEmpty()) {
            // A stale mark, whose number may belong to another process by now, would keep
            // the server from starting.
            Files.delete(mark);
            return;
        }
        LOG.info("stopping the PostgreSQL (process {}) that a killed Drayage left on {}", orphan.get().pid(),
                this.data);
        PostgresServer.stop(this.programs, this.data);
    }

    private Optional<ProcessHandle> process(String pid) throws IOException {
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid.strip()))
            .filter((handle) -> handle.info().command().filter((command) -> command.contains("postgres")).isPresent());
        if (process.isEmpty()) {
            return process;
        }
        // A postmaster's working directory is its data directory.
        Path workingDirectory = Path.of("/proc", pid.strip(), "cwd");
        boolean ours = Files.notExists(Path.of("/proc/self"))
                || (Files.exists(workingDirectory) && Files.isSameFile(workingDirectory, this.data));
        return ours ? process : Optional.empty();
    }

}
