package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be measured.
 *
 * @param scale of the layers' sizes, in percent
 * @param tools by their names
 */
record Plan(List<Corpus> cases, List<String> subjects, List<Line> lines, List<State> states, int runs, int scale,
        Map<String, Tool> tools) {

    static Plan read(Path toolList) {
        int scale = Integer.getInteger("bench.scale", 100);
        return new Plan(names("cases").map((name) -> corpus(name).scaled(scale)).toList(), names("subjects").toList(),
                names("lines").map(Line::named).toList(), names("states").map(State::named).toList(),
                Integer.getInteger("bench.runs", 5), scale, tools(toolList));
    }

    private static Stream<String> names(String setting) {
        return Stream.of(System.getProperty("bench." + setting, "").split(",", -1)).filter((name) -> !name.isEmpty());
    }

    private static Corpus corpus(String name) {
        return Corpus.ALL.stream()
            .filter((corpus) -> corpus.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no case " + name));
    }

    /** As {@code bench/copy.sh} has found them: name, path and version, with tabs. */
    private static Map<String, Tool> tools(Path file) {
        Map<String, Tool> tools = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split("\t", -1);
                tools.put(fields[0], new Tool(fields[1], fields[2]));
            }
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return tools;
    }

    /** The program, where it was found. */
    Optional<String> program(String tool) {
        return Optional.ofNullable(this.tools.get(tool)).map(Tool::path).filter((path) -> !path.isEmpty());
    }

    /**
     * A program.
     *
     * @param path empty where it was not found
     */
    record Tool(String path, String version) {
    }

}
