package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where it was measured.
 *
 * @param load the load average of the minute before
 * @param data where the registries' data lie
 */
record Machine(String time, int cores, String processor, String memory, String kernel, String java, String load,
        String data) {

    static Machine here(Path data) {
        return new Machine(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.getRuntime().availableProcessors(), field("/proc/cpuinfo", "model name"),
                field("/proc/meminfo", "MemTotal"), System.getProperty("os.version"), Runtime.version().toString(),
                lines("/proc/loadavg").split(" ", 2)[0], data.toString());
    }

    private static String field(String file, String name) {
        return lines(file).lines()
            .filter((line) -> line.startsWith(name))
            .map((line) -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse("?");
    }

    private static String lines(String file) {
        try {
            return Files.readString(Path.of(file));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    String text() {
        return "- %s: %d cores (%s), %s, Linux %s, Java %s, load before %s, registries' data in %s".formatted(this.time,
                this.cores, this.processor, this.memory, this.kernel, this.java, this.load, this.data);
    }

}
