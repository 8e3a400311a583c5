package store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.util.LinuxUtils;

/** Runs PostgreSQL's programs to their end. */
final class PostgresPrograms {

    private final Path bin;

    private final Path output;

    /**
     * Opens the folder.
     * @param output a file for the output of the running program
     */
    PostgresPrograms(Path bin, Path output) {
        this.bin = bin;
        this.output = output;
    }

    /**
     * Runs a program.
     * @throws IOException with the program's output if it fails
     */
    void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root. In a user namespace of its own it runs as
        // nobody, with root's files.
        if ("root".equals(System.getProperty("user.name")) && LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(this.bin.resolve(program).toString());
        command.addAll(arguments);
        // The output goes into a file, because a pipe would stay open as long as the
        // started server.
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(this.output.toFile())
            .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + Files.readString(this.output).strip());
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", ex);
        }
    }

}
