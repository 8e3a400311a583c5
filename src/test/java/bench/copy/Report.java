package bench.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The tables, the verdicts and all samples. */
record Report(Plan plan, Machine machine, List<Scene> scenes, List<Sample> samples, List<String> missing) {

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("result.md"), text());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", this.machine);
        all.put("plan", this.plan);
        all.put("missing", this.missing);
        all.put("scenes", this.scenes);
        all.put("verdicts", verdicts());
        all.put("samples", this.samples);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .writeValue(folder.resolve("result.json").toFile(), all);
    }

    private List<Verdict> verdicts() {
        return this.scenes.stream().flatMap((scene) -> Verdict.of(scene).stream()).toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(this.machine.text()).append('\n');
        this.plan.tools().forEach((name, tool) -> text.append("- %s: %s%n".formatted(name, tool.version())));
        text.append(
                "- medians of %d runs; layers of %d %% of their size%n".formatted(this.plan.runs(), this.plan.scale()));
        this.missing.forEach((what) -> text.append("- **NOT FOUND, so not measured: %s**%n".formatted(what)));
        this.scenes.forEach((scene) -> text.append('\n').append(table(scene)));
        text.append("\n```\n");
        verdicts().forEach((verdict) -> text.append(verdict.line()).append('\n'));
        return text.append("```\n").append(requests()).toString();
    }

    private static String table(Scene scene) {
        StringBuilder text = new StringBuilder(
                "**%s** (floors: %d requests at the source, %d at the destination)%n%n".formatted(scene.title(),
                        scene.corpus().sourceFloor(scene.state()), scene.corpus().destinationFloor(scene.state())));
        text.append("| | ").append(String.join(" | ", Row.COLUMNS)).append(" | besides |\n|---|");
        text.append("---|".repeat(Row.COLUMNS.size() + 1)).append('\n');
        for (Row row : scene.rows()) {
            text.append("| ").append(row.subject()).append(" | ");
            if (row.valid()) {
                Row.COLUMNS.forEach((column) -> text.append(cell(scene, row, column)).append(" | "));
                text.append(besides(row));
            }
            else {
                text.append("– | ".repeat(Row.COLUMNS.size()))
                    .append("**no result**: ")
                    .append(firstLine(row.problem()));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String cell(Scene scene, Row row, String column) {
        double value = row.column(column);
        if (!Double.isFinite(value)) {
            return "?";
        }
        boolean counted = column.startsWith("requests");
        String shown = String.format(Locale.ROOT, counted ? "%.0f" : (value < 10) ? "%.2f" : "%.1f", value);
        OptionalDouble best = scene.best(column);
        return (best.isPresent() && best.getAsDouble() > 0)
                ? shown + String.format(Locale.ROOT, " (%.2f×)", value / best.getAsDouble()) : shown;
    }

    private static String besides(Row row) {
        return row.more()
            .entrySet()
            .stream()
            .map((entry) -> String.format(Locale.ROOT, "%s %.3f s", entry.getKey().replace('_', ' '), entry.getValue()))
            .collect(Collectors.joining(", "));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("").replace("|", "/");
        return line.substring(0, Math.min(line.length(), 160));
    }

    /** What the service asked for, by kind: the last sample of each scene. */
    private String requests() {
        StringBuilder text = new StringBuilder("\nThe service's requests, by kind and answer:\n\n```\n");
        for (Scene scene : this.scenes) {
            this.samples.stream()
                .filter((sample) -> sample.subject().equals(WarmDrayage.NAME) && sample.valid()
                        && sample.corpus().equals(scene.corpus().name()) && sample.line() == scene.line()
                        && sample.state() == scene.state())
                .reduce((_, later) -> later)
                .ifPresent((sample) -> text.append("%s%n  source      %s%n  destination %s%n".formatted(scene.title(),
                        kinds(sample.source()), kinds(sample.destination()))));
        }
        return text.append("```\n").toString();
    }

    private static String kinds(@org.jspecify.annotations.Nullable Traffic traffic) {
        return (traffic != null) ? traffic.requests() + ", apart " + traffic.apart() : "";
    }

}
