package bench.copy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a tool came to in a case: medians.
 *
 * @param columns by their names, in the order of {@link #COLUMNS}
 * @param more seconds by what they are of
 * @param problem why it is no result; empty where it is one
 */
record Row(String subject, int runs, Map<String, Double> columns, Map<String, Double> more, String problem) {

    static final List<String> COLUMNS = List.of("wall s", "CPU s", "peak MiB", "requests source",
            "requests destination", "MiB read", "MiB written");

    private static final double MIB = 1024 * 1024;

    static Row of(String subject, List<Sample> samples) {
        String problem = samples.stream()
            .map(Sample::problem)
            .filter((text) -> !text.isEmpty())
            .findFirst()
            .orElse(samples.isEmpty() ? "not run" : "");
        if (!problem.isEmpty()) {
            return new Row(subject, samples.size(), Map.of(), Map.of(), problem);
        }
        List<Figures> figures = samples.stream().map(Sample::figures).filter(Objects::nonNull).toList();
        List<Traffic> source = samples.stream().map(Sample::source).filter(Objects::nonNull).toList();
        List<Traffic> destination = samples.stream().map(Sample::destination).filter(Objects::nonNull).toList();
        Map<String, Double> columns = Map.of("wall s", median(figures, Figures::wall), "CPU s",
                median(figures, Figures::cpu), "peak MiB", median(figures, Figures::peak), "requests source",
                median(source, Traffic::count), "requests destination", median(destination, Traffic::count), "MiB read",
                median(source, (traffic) -> traffic.sent() / MIB), "MiB written",
                median(destination, (traffic) -> traffic.received() / MIB));
        Map<String, Double> more = new TreeMap<>();
        figures.getFirst()
            .more()
            .keySet()
            .forEach((what) -> more.put(what, median(figures, (each) -> each.more().getOrDefault(what, Double.NaN))));
        return new Row(subject, samples.size(), columns, more, "");
    }

    private static <T> double median(List<T> things, ToDoubleFunction<T> figure) {
        double[] sorted = things.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    boolean valid() {
        return this.problem.isEmpty();
    }

    double column(String name) {
        return this.columns.getOrDefault(name, Double.NaN);
    }

}
