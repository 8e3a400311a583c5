package launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import fixtures.Echo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code bin/drayage}, beside a jar that only says what it was called with. */
@SuppressWarnings("NullAway.Init")
class ScriptTest {

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void install() throws IOException {
        Path bin = Files.createDirectories(this.folder.resolve("any where/bin"));
        this.script = Files.copy(Path.of("bin/drayage"), bin.resolve("drayage"));
    }

    @Test
    void says_in_one_line_that_there_is_no_jar() throws Exception {
        assertThat(run(1, "copy"))
            .containsExactly("drayage: there is no jar; mvn package makes it, or DRAYAGE_JAR says where it is");
    }

    @Test
    void passes_a_command_on_also_where_no_fast_start_can_be_prepared() throws Exception {
        jar();
        assertThat(run(0, "copy", "two words", "--json")).containsExactly("copy", "two words", "--json");
    }

    @Test
    void starts_the_service_without_a_command() throws Exception {
        jar();
        assertThat(run(0)).isEmpty();
        assertThat(run(0, "--server.port=0")).containsExactly("--server.port=0");
        assertThat(this.folder.resolve("cache")).doesNotExist();
    }

    private void jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        try (OutputStream file = Files.newOutputStream(this.folder.resolve("any where/drayage.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream echo = Objects.requireNonNull(Echo.class.getResourceAsStream("Echo.class"))) {
            jar.putNextEntry(new JarEntry("fixtures/Echo.class"));
            echo.transferTo(jar);
        }
    }

    private List<String> run(int code, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(this.script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", this.folder.resolve("cache").toString());
        builder.environment().remove("DRAYAGE_JAR");
        Process process = builder.start();
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(code);
        return lines;
    }

}
