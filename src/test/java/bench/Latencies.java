package bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long what is asked for took, by what it was. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

    void time(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        this.nanos.computeIfAbsent(what, (_) -> new ArrayList<>()).add(System.nanoTime() - begin);
    }

    double median(String what) {
        return quantile(what, 0.5);
    }

    /** In milliseconds; 1 is the longest. */
    double quantile(String what, double part) {
        List<Long> sorted = this.nanos.getOrDefault(what, List.of(0L)).stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size()))) / NANOS_PER_MILLI;
    }

    void print(double wanted) {
        System.out.printf("%n%-52s %9s %9s %9s%n", "milliseconds", "median", "95 %", "longest");
        this.nanos.keySet()
            .forEach((what) -> System.out.printf(Locale.ROOT, "%-52s %9.2f %9.2f %9.2f  %s%n", what, median(what),
                    quantile(what, 0.95), quantile(what, 1), (median(what) <= wanted) ? "" : "MISSED"));
    }

}
