package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A tool that is a command. What it does to a corpus is written as a script. */
record CommandLineTool(String name, boolean peer, Script script) implements Subject {

    private static final Path TIME = Path.of("/usr/bin/time");

    private static final long HOURS = 1;

    @Override
    public Copying on(Route route) {
        try {
            Path text = Files.writeString(route.folder().resolve(this.name + ".sh"),
                    "set -e\n" + this.script.of(route));
            return () -> run(route, text);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private Figures run(Route route, Path text) {
        Path usage = route.folder().resolve(this.name + ".usage");
        Path log = route.folder().resolve(this.name + ".log");
        List<String> shell = List.of("/bin/sh", text.toString());
        List<String> command = Files.isExecutable(TIME)
                ? List.of(TIME.toString(), "-f", "%U %S %M", "-o", usage.toString(), shell.get(0), shell.get(1))
                : shell;
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Nobody's logins, policies or caches.
        builder.environment()
            .putAll(Map.of("HOME", route.folder().toString(), "XDG_DATA_HOME",
                    route.folder().resolve("data").toString(), "DOCKER_CONFIG", route.folder().toString()));
        route.authorities().ifPresent((file) -> builder.environment().put("SSL_CERT_FILE", file.toString()));
        try {
            Files.deleteIfExists(usage);
            double childrenBefore = ProcessFigures.endedChildren();
            long begin = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(HOURS, TimeUnit.HOURS)) {
                process.destroyForcibly();
            }
            double wall = (System.nanoTime() - begin) / 1e9;
            if (process.waitFor() != 0) {
                throw new IllegalStateException(this.name + " ended with " + process.exitValue() + ":\n"
                        + Files.readString(log).lines().limit(40).toList());
            }
            double cpu = ProcessFigures.endedChildren() - childrenBefore;
            return new Figures(wall, cpu, peak(usage), Map.of());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Of the largest of its processes, for they run one after the other. */
    private static double peak(Path usage) throws IOException {
        return Files.exists(usage) ? Double.parseDouble(Files.readString(usage).trim().split(" ", -1)[2]) / 1024
                : Double.NaN;
    }

    /** What a shell has to do. */
    interface Script {

        String of(Route route) throws IOException;

    }

}
