package launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import fixtures.Echo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code bin/drayage}, beside a jar that only says what it was called with. */
@SuppressWarnings("NullAway.Init")
class ScriptTest {

    private static final String NO_FAST_START = "drayage: no fast start can be prepared in %s; XDG_CACHE_HOME may name another folder";

    private final Map<String, String> variables = new HashMap<>();

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
        assertThat(run(0, "copy", "two words", "--json")).containsExactly(NO_FAST_START.formatted(cache()), "copy",
                "two words", "--json");
    }

    @Test
    void a_home_that_cannot_be_written_costs_one_line_and_no_command() throws Exception {
        unpackable();
        Files.writeString(this.folder.resolve("cache"), "a file, where a folder cannot be made");
        assertThat(run(0, "copy", "a")).containsExactly(NO_FAST_START.formatted(cache()), "copy", "a");
    }

    @Test
    void the_second_start_takes_its_classes_from_the_cache_that_the_first_made() throws Exception {
        unpackable();
        assertThat(run(0, "copy", "a")).containsExactly("copy", "a");
        try (Stream<Path> made = Files.find(cache(), 2, (file, _) -> file.endsWith("drayage.aot"))) {
            assertThat(made).hasSize(1);
        }
        assertThat(loaded("copy", "b")).contains("launch.Launch source: shared objects file");
    }

    @Test
    void takes_the_cache_that_stands_beside_the_jar_of_an_image() throws Exception {
        Path jar = unpackable();
        Process rehearsal = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
                "-XX:AOTCacheOutput=" + jar.resolveSibling("drayage.aot"), "-XX:+UseSerialGC", "-cp", jar.toString(),
                "launch.Launch", "rehearse")
            .redirectErrorStream(true)
            .start();
        assertThat(rehearsal.inputReader().readAllLines()).contains("rehearse");
        assertThat(rehearsal.waitFor()).isZero();
        assertThat(loaded("copy", "b")).contains("launch.Launch source: shared objects file");
        assertThat(cache()).doesNotExist();
    }

    private Path cache() {
        return this.folder.resolve("cache").resolve("drayage");
    }

    /** What Java says of the classes that a command loads. */
    private String loaded(String... command) throws Exception {
        Path log = this.folder.resolve("loaded");
        // Read after the script's own options, which turn the logs off.
        this.variables.put("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        assertThat(run(0, command)).endsWith(command);
        return Files.readString(log);
    }

    /**
     * A jar that can be told to unpack itself as Boot's can, with the class that is
     * started.
     */
    private Path unpackable() throws IOException {
        Path source = Files
            .writeString(Files.createDirectories(this.folder.resolve("launch")).resolve("Launch.java"), """
                    package launch;
                    import java.nio.file.*;
                    public final class Launch {
                        public static void main(String[] arguments) throws Exception {
                            if (!"tools".equals(System.getProperty("jarmode"))) {
                                for (String argument : arguments) System.out.println(argument);
                                return;
                            }
                            Path folder = Files.createDirectories(Path.of(arguments[2]));
                            Files.copy(Path.of(System.getProperty("java.class.path")), folder.resolve(arguments[4]));
                        }
                    }
                    """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString())).isZero();
        try (InputStream launch = Files.newInputStream(source.resolveSibling("Launch.class"))) {
            return jar("launch.Launch", launch);
        }
    }

    @Test
    void takes_the_jars_of_a_folder_along() throws Exception {
        Path source = Files.writeString(this.folder.resolve("Shows.java"), """
                public final class Shows {
                    public static void main(String[] arguments) {
                        System.out.println(System.getProperty("loader.path"));
                    }
                }
                """);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString())).isZero();
        try (InputStream shows = Files.newInputStream(source.resolveSibling("Shows.class"))) {
            jar("Shows", shows);
        }
        this.variables.put("DRAYAGE_LIB", "/opt/my jars");
        assertThat(run(0, "server")).containsExactly("/opt/my jars");
    }

    @Test
    void starts_the_service_without_a_command() throws Exception {
        jar();
        assertThat(run(0)).isEmpty();
        assertThat(run(0, "--server.port=0")).containsExactly("--server.port=0");
        assertThat(this.folder.resolve("cache")).doesNotExist();
    }

    private void jar() throws IOException {
        try (InputStream echo = Objects.requireNonNull(Echo.class.getResourceAsStream("Echo.class"))) {
            jar(Echo.class.getName(), echo);
        }
    }

    private Path jar(String main, InputStream content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        Path path = this.folder.resolve("any where/drayage.jar");
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(main.replace('.', '/') + ".class"));
            content.transferTo(jar);
        }
        return path;
    }

    private List<String> run(int code, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(this.script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", this.folder.resolve("cache").toString());
        builder.environment().remove("DRAYAGE_JAR");
        builder.environment().putAll(this.variables);
        Process process = builder.start();
        List<String> lines = process.inputReader().readAllLines();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(code);
        return lines;
    }

}
