package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.generators.BenchmarkProcessor;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * JMH on every class named {@code …Speed}, each of which stands beside what it measures.
 * JMH's code is generated here, so that no build pays for it.
 */
class JmhBench {

    private final Path folder = Path.of("target", "bench", "jmh").toAbsolutePath();

    private final String classPath = this.folder + ":" + System.getProperty("java.class.path");

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void run() throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(this.folder);
        Files.createDirectories(this.folder);
        generate();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", this.classPath,
                        Main.class.getName(), "-rf", "json", "-rff", this.folder.resolve("result.json").toString()));
        Stream.of(System.getProperty("bench.arguments", "").split(" ", -1))
            .filter((argument) -> !argument.isEmpty())
            .forEach(command::add);
        Process jmh = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader said = jmh.inputReader()) {
            said.lines().forEach(System.out::println);
        }
        assertThat(jmh.waitFor()).isZero();
    }

    private void generate() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
            JavaCompiler.CompilationTask task = compiler.getTask(said, files, null,
                    List.of("-proc:full", "-nowarn", "-d", this.folder.toString(), "-cp", this.classPath), null,
                    files.getJavaFileObjectsFromPaths(
                            sources.filter((source) -> source.toString().endsWith("Speed.java"))
                                .filter((source) -> !source.endsWith("ClaimSpeed.java"))
                                .toList()));
            task.setProcessors(List.of(new BenchmarkProcessor()));
            assertThat(task.call()).as(said.toString()).isTrue();
        }
    }

}
