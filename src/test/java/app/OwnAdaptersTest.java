package app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import adapters.generic.GenericAdapter;
import fixtures.LogLines;
import fixtures.OwnJar;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.net.HttpSettings;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import replication.registry.RegistryAdapter;

import static org.assertj.core.api.Assertions.assertThat;

@SuppressWarnings("NullAway.Init")
class OwnAdaptersTest {

    private static final String SERVICES = "META-INF/services/adapters.AdapterFactory";

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    @TempDir
    static Path good;

    @TempDir
    Path folder;

    @BeforeAll
    static void build() {
        jar(good.resolve("a good.jar"), "", "return new Own();", "good", "own.Factory");
        jar(good.resolve("c-good.jar"), "", "return new Own();", "other-good", "own.Factory");
    }

    @BeforeEach
    void copy() throws IOException {
        for (String jar : List.of("a good.jar", "c-good.jar")) {
            Files.copy(good.resolve(jar), this.folder.resolve(jar));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    | return new Own(); | oci | own.Factory | two adapters call themselves oci: "OCI registry" and "Own"
                    | return new Own(); | good | own.Factory | two adapters call themselves good: "Own" and "Own"
                    | return new Own(); | other | own.Missing | Missing not found
                    | return new Own(); | other | own.Factory$Own | Factory$Own not a subtype
                    | return new Own(); | other | no name | Illegal configuration-file syntax
                    | throw new IllegalStateException("no key"); | other | own.Factory | no key
                    | throw new NoClassDefFoundError("com/acme/Sdk"); | other | own.Factory | java.lang.NoClassDefFoundError: com/acme/Sdk
                    public Factory() { throw new IllegalStateException("too early"); } | return new Own(); | other | own.Factory | IllegalStateException: too early
                    public Factory(int i) { } | return new Own(); | other | own.Factory | Unable to get public no-arg constructor
                    """)
    void a_jar_that_cannot_be_loaded_is_told_by_name_and_the_others_go_on(@Nullable String extra, String create,
            String identity, String services, String told) {
        jar(this.folder.resolve("bad.jar"), (extra != null) ? extra : "", create, identity, services);

        try (LogLines log = new LogLines("app.OwnAdapters")) {
            assertThat(loaded()).containsExactly("oci", "good", "other-good");

            assertThat(log.lines()).hasSize(3)
                .anyMatch((line) -> line.startsWith("own adapters: bad.jar is not loaded: ") && line.contains(told))
                .anyMatch((line) -> line.startsWith("own adapters: a good.jar brings [good]"));
        }
    }

    @Test
    void a_jar_that_cannot_be_opened_is_told() throws IOException {
        Files.writeString(this.folder.resolve("torn.jar"), "half of it");

        try (LogLines log = new LogLines("app.OwnAdapters")) {
            OwnAdapters.reportUnreadable(this.folder);
            assertThat(log.lines()).filteredOn((line) -> line.contains("not loaded"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("own adapters: torn.jar is not loaded: ");

            OwnAdapters.reportUnreadable(this.folder.resolve("none"));
            assertThat(log.lines().getLast()).contains("none (DRAYAGE_LIB) cannot be listed");
        }
        assertThat(loaded()).containsExactly("oci", "good", "other-good");
    }

    // Each jar's class is of a package of its own, for all jars share one class loader.
    private static void jar(Path jar, String extra, String create, String identity, String services) {
        String owner = "own" + identity.replace("-", "") + jar.getFileName().toString().charAt(0);
        OwnJar.build(jar, OwnJar.locationOf(OwnAdapters.class), Map.of(owner + "/Factory.java",
                factory(owner, extra, create, identity), SERVICES, services.replace("own.", owner + ".")));
    }

    private static String factory(String owner, String extra, String create, String identity) {
        return """
                package %s;
                public class Factory implements adapters.AdapterFactory {
                    %s
                    @Override
                    public replication.registry.RegistryAdapter create(oci.net.HttpSettings http, oci.limits.HostLimits limits) {
                        %s
                    }
                    public static class Own implements replication.registry.RegistryAdapter {
                        @Override
                        public replication.registry.AdapterInfo info() {
                            return replication.registry.AdapterInfo.ofImages("%s", "Own", "An own one");
                        }
                        @Override
                        public replication.registry.RegistryConnection connect(replication.registry.Registry registry) {
                            throw new IllegalStateException();
                        }
                    }
                }
                """
            .formatted(owner, extra, create, identity);
    }

    private List<String> loaded() {
        RegistryAdapter ours = new GenericAdapter(HttpSettings.DEFAULTS, this.limits);
        try (Stream<Path> jars = Files.list(this.folder);
                URLClassLoader classes = new URLClassLoader(jars.map(OwnAdaptersTest::url).toArray(URL[]::new),
                        OwnAdapters.class.getClassLoader())) {
            return new OwnAdapters(HttpSettings.DEFAULTS, this.limits).besides(List.of(ours), classes)
                .stream()
                .map((adapter) -> adapter.info().identity())
                .toList();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
