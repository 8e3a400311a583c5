package replication.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallerTest {

    @Test
    void the_first_users_name_is_a_default_and_stands_once() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter((file) -> file.toString().endsWith(".java")).filter(CallerTest::namesTheAdmin))
                .containsExactly(Path.of("src/main/java/replication/access/Caller.java"));
        }
    }

    private static boolean namesTheAdmin(Path file) {
        try {
            return Files.readString(file).contains("\"admin\"");
        }
        catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

}
