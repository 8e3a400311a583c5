package vendor;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fixtures.OwnJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What an adapter in a jar of its own is compiled against. */
class ApiJarTest {

    @Test
    void it_is_small_and_needs_nothing_of_ours_besides(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("drayage-api.jar");
        OwnJar.api(jar);
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter((path) -> path.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
        StringWriter missing = new StringWriter();

        int code = ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(new PrintWriter(missing), new PrintWriter(missing), "--multi-release", "base", "-cp", libraries,
                    "--missing-deps", jar.toString());

        assertThat(missing.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(Files.size(jar)).isLessThan(1024 * 1024);
    }

}
