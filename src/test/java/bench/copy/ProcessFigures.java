package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What Linux's {@code /proc} tells of processes. */
final class ProcessFigures {

    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;

    private static final int CHILDREN = 13;

    private ProcessFigures() {
    }

    /** Processor seconds of this JVM's children that have ended, and of theirs. */
    static double endedChildren() {
        return ticks(Path.of("/proc/self/stat"), CHILDREN);
    }

    /** Processor seconds of a process alone. */
    static double processor(long pid) {
        return ticks(Path.of("/proc", String.valueOf(pid), "stat"), UTIME);
    }

    private static double ticks(Path file, int first) {
        try {
            String stat = Files.readString(file);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Arrays.stream(fields, first, first + 2).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** From now on the peak is that of what comes. */
    static void forgetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc", String.valueOf(pid), "clear_refs"), "5");
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Resident memory at its highest, in MiB. */
    static double peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))
                .stream()
                .filter((line) -> line.startsWith("VmHWM:"))
                .mapToDouble((line) -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
