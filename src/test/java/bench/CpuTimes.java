package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Processor time of a process and of all that it has started, from Linux's {@code /proc}.
 */
public final class CpuTimes {

    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 11;

    private CpuTimes() {
    }

    /** In seconds; children that have ended count, and so do those that live. */
    public static double tree(long pid) {
        LongStream living = ProcessHandle.of(pid)
            .stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
        return LongStream.concat(LongStream.of(pid), living).mapToDouble(CpuTimes::own).sum();
    }

    private static double own(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // utime, stime, and the same of children that were waited for.
            return Arrays.stream(fields, UTIME, UTIME + 4).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
        }
        catch (IOException _) {
            return 0; // ended meanwhile
        }
    }

}
