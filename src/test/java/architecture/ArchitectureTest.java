package architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What ARCHITECTURE.md names is there, and its walks are short. */
class ArchitectureTest {

    private static final Path PAGE = Path.of("ARCHITECTURE.md");

    private static final Map<String, Integer> WALKS = Map.of("A policy's POST", 10, "An execution", 15, "A blob", 12,
            "An event", 10);

    @Test
    void every_walk_is_short_and_leads_through_files_that_exist() throws IOException {
        Map<String, List<String>> walks = new LinkedHashMap<>();
        String walk = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.matches("\\*\\*.*\\*\\*")) {
                walk = line.substring(2, line.length() - 2);
            }
            if (line.matches("\\d+\\. `.*")) {
                walks.computeIfAbsent(walk, (_) -> new ArrayList<>())
                    .add(line.substring(line.indexOf('`') + 1, line.indexOf('`', line.indexOf('`') + 1)));
            }
        }

        assertThat(walks.keySet()).containsExactlyInAnyOrderElementsOf(WALKS.keySet());
        assertThat(walks).allSatisfy(
                (name, files) -> assertThat(files).as(name).hasSizeBetween(5, Objects.requireNonNull(WALKS.get(name))));
        assertThat(walks.values().stream().flatMap(List::stream)).allSatisfy((file) -> {
            String root = file.endsWith(".java") ? "src/main/java" : "src/main/resources";
            assertThat(Path.of(root, file)).isRegularFile();
        });
    }

    @Test
    void every_type_and_file_that_is_named_exists() throws IOException {
        Set<String> types;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            types = files.map((file) -> file.getFileName().toString())
                .filter((name) -> name.endsWith(".java"))
                .map((name) -> name.replace(".java", ""))
                .collect(Collectors.toSet());
        }
        String page = Files.readString(PAGE);

        assertThat(names(page, "`(?:[a-z]+\\.)*([A-Z][a-z]\\w+)(?:\\.\\w+)*`")).isNotEmpty()
            .filteredOn((name) -> !types.contains(name))
            .isEmpty();
        assertThat(names(page, "`(camel/[\\w.-]+)`")).isNotEmpty()
            .allSatisfy((file) -> assertThat(Path.of("src/main/resources", file)).isRegularFile());
        assertThat(names(page, "\\]\\((docs/[\\w./-]+)\\)")).isNotEmpty()
            .allSatisfy((file) -> assertThat(Path.of(file)).exists());
    }

    private static List<String> names(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().map((found) -> found.group(1)).distinct().toList();
    }

}
