package architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How large a room may be, and that a name stands for one thing. */
class RoomsTest {

    private static final Path MAIN = Path.of("src/main/java");

    private static final int MOST_FILES = 22;

    private static final int MOST_LINES = 300;

    @Test
    void a_folder_has_about_twenty_files() {
        Map<String, Long> crowded = files().collect(
                Collectors.groupingBy((file) -> MAIN.relativize(file.getParent()).toString(), Collectors.counting()));
        crowded.values().removeIf((count) -> count <= MOST_FILES);
        assertThat(crowded).isEmpty();
    }

    @Test
    void a_simple_name_stands_once() {
        assertThat(files().map((file) -> file.getFileName().toString())).doesNotHaveDuplicates();
    }

    @Test
    void a_file_tells_one_thought() {
        assertThat(
                files().filter((file) -> lines(file).size() > MOST_LINES).map((file) -> file.getFileName().toString()))
            .isEmpty();
    }

    private static Stream<Path> files() {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                .toList()
                .stream();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
