package vendor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import adapters.AdapterFactory;
import adapters.generic.PlainCloud;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Images;
import fixtures.OwnJar;
import fixtures.Page;
import fixtures.Site;
import fixtures.vendors.GiteaFront;
import fixtures.vendors.JfrogFront;
import fixtures.vendors.VendorFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pages of docs/adapters show is run as it stands there, but for hosts and secrets:
 * the adapter that is written in a jar of its own, and examples of registries and
 * policies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterPagesTest {

    private static final Page WRITING_ONE = Page.of("docs/adapters/writing-one.md");

    private static final String SERVICES = "META-INF/services/adapters.AdapterFactory";

    private final Path folder;

    private final Site central = Site.start();

    private final AcmeCloud acme = new AcmeCloud();

    private final JfrogFront artifactory = new JfrogFront();

    private final GiteaFront gitea = new GiteaFront();

    private final PlainCloud ocean = PlainCloud.takingTokens();

    private final DrayageProcess drayage;

    AdapterPagesTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(buildAsOnThePage(), lib.resolve("acme.jar"));
        OwnJar.build(lib.resolve("missing.jar"), "", Map.of(SERVICES, "com.acme.Missing"));
        Files.writeString(lib.resolve("torn.jar"), "half of it");
        this.drayage = DrayageProcess.start(folder.resolve("home"),
                Map.of("DRAYAGE_QUICKSTART", "false", "DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD, "DRAYAGE_LIB",
                        lib.toString(), "DRAYAGE_ADAPTER_HOSTS",
                        "acme=http://127.0.0.1:{port},digitalocean=http://127.0.0.1:{port}"));
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.central.close();
        for (VendorFront front : List.of(this.acme, this.artifactory, this.gitea, this.ocean)) {
            front.close();
            assertThat(front.mistakes).isEmpty();
        }
        assertThat(this.drayage.log()).doesNotContain("canary");
    }

    @Test
    void the_adapter_of_the_page_is_found_like_ours_and_jars_that_cannot_be_loaded_are_named() throws IOException {
        assertThat(this.drayage.log()).contains("own adapters: acme.jar brings [acme]",
                "own adapters: missing.jar is not loaded: ", "com.acme.Missing not found",
                "own adapters: torn.jar is not loaded: ");
        assertThat(this.drayage.api().get("/api/replication/adapters/acme").expect(200).json().get("abilities"))
            .extracting(JsonNode::asText)
            .containsExactly("list", "delete_tag");
        this.central.push("lib/app", "v1", Images.image(1, 2000));
        this.central.push("lib/app", "v2", Images.image(2, 2000));
        this.central.push("lib/web", "v1", Images.image(3, 2000));
        apply(WRITING_ONE.block("json", 1), "json", "https://team.registry.acme.example", this.acme);

        assertThat(run("to-acme")).isEqualTo("succeeded: 3 copied, 0 unchanged, 0 deleted");
        assertThat(run("from-acme")).isEqualTo("succeeded: 3 copied, 0 unchanged, 0 deleted");
        this.central.delete("lib/app", "v2");
        assertThat(run("to-acme")).isEqualTo("succeeded: 0 copied, 2 unchanged, 1 deleted");

        assertThat(this.acme.digests("team/app")).containsOnlyKeys("v1");
        assertThat(this.central.digests()).containsKeys("back/app:v1", "back/app:v2", "back/web:v1");
    }

    @Test
    void the_example_for_artifactory_runs_also_where_blobs_may_not_come_whole() throws IOException {
        this.artifactory.onlyPieces = true;
        this.central.push("team/tools/lint", "v1", Images.image(4, 2000));
        example("jfrog-artifactory", "https://acme.jfrog.io", this.artifactory);

        assertThat(run("to-artifactory")).isEqualTo("succeeded: 1 copied, 0 unchanged, 0 deleted");
        assertThat(this.artifactory.digests("docker-mirror/team/tools/lint")).containsOnlyKeys("v1");
        assertThat(this.artifactory.created).containsOnlyKeys("docker-mirror");
    }

    @Test
    void the_example_for_gitea_runs() throws IOException {
        this.central.push("lib/gitea", "v1", Images.image(5, 2000));
        example("gitea", "https://git.example.com", this.gitea);

        assertThat(run("to-gitea")).startsWith("succeeded: ");
        assertThat(this.gitea.digests("team/gitea")).containsOnlyKeys("v1");
    }

    @Test
    void the_example_for_presets_runs_with_exact_names_and_others_are_refused() throws IOException {
        this.ocean.push("acme/app", "v1", Images.image(6, 2000));
        this.ocean.push("acme/web", "v1", Images.image(7, 2000));
        example("presets", "https://registry.digitalocean.com", this.ocean);

        assertThat(run("from-ocean")).isEqualTo("succeeded: 2 copied, 0 unchanged, 0 deleted");
        assertThat(this.central.digests()).containsKeys("mirror/app:v1", "mirror/web:v1");
        assertThat(this.ocean.registryRequests("GET", "/v2/_catalog")).isZero();
        JsonNode policy = named("policies", "from-ocean");
        JsonNode refusal = this.drayage.api()
            .post("/api/replication/policies",
                    Map.of("name", "all", "src_registry_id", policy.get("src_registry_id"), "dest_registry_id",
                            policy.get("dest_registry_id"), "dest_namespace", "all"))
            .expect(422)
            .json();
        assertThat(refusal.get("field").asText()).isEqualTo("filters");
        assertThat(refusal.get("detail").asText()).contains("digitalocean", "list no repositories");
    }

    /** Applies the page's JSON, and its YAML, which says the same. */
    private void example(String page, String url, VendorFront front) throws IOException {
        Page example = Page.of("docs/adapters/" + page + ".md");
        apply(example.block("json", 1), "json", url, front);
        assertThat(apply(example.block("yaml", 1), "yaml", url, front).out()).startsWith("nothing changed");
    }

    private Command apply(String document, String type, String url, VendorFront front) throws IOException {
        assertThat(document).contains(url, "https://registry.example.com");
        Path file = Files.createTempFile(this.folder, "example", "." + type);
        Files.writeString(file,
                document.replace(url, front.url())
                    .replace("https://registry.example.com", this.central.url())
                    .replace("\"access_key\": \"acme\"", "\"access_key\": \"ann\"")
                    .replace("access_key: acme", "access_key: ann"));
        Map<String, String> environment = new HashMap<>();
        environment.put("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port());
        environment.put("DRAYAGE_PASSWORD", DrayageProcess.PASSWORD);
        environment.put("ACME_SECRET", AcmeCloud.SECRET);
        environment.put("ARTIFACTORY_TOKEN", JfrogFront.SECRET);
        environment.put("GITEA_TOKEN", GiteaFront.SECRET);
        environment.put("DO_TOKEN", PlainCloud.PASSWORD);
        return Command.run(environment, "policies", "apply", "-f", file.toString()).expect(0);
    }

    private String run(String policy) {
        JsonNode ended = this.drayage.api().run(named("policies", policy).get("id").asLong());
        JsonNode artifacts = ended.get("artifacts");
        return "%s: %s copied, %s unchanged, %s deleted".formatted(ended.get("status").asText(),
                artifacts.get("copied"), artifacts.get("unchanged"), artifacts.get("deleted"));
    }

    private JsonNode named(String kind, String name) {
        for (JsonNode each : this.drayage.api().get("/api/replication/" + kind).expect(200).json()) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no " + name + " in " + kind);
    }

    /** Runs the page's commands in a folder with its files and the jars that it names. */
    private Path buildAsOnThePage() throws Exception {
        Path build = Files.createDirectories(this.folder.resolve("build"));
        write(build.resolve("com/acme/AcmeAdapters.java"), WRITING_ONE.block("java", 1));
        write(build.resolve(SERVICES), WRITING_ONE.block("text", 1));
        OwnJar.api(build.resolve("drayage-api.jar"));
        Map.of("jackson-core", JsonFactory.class, "jackson-databind", ObjectMapper.class, "jackson-annotations",
                JsonProperty.class)
            .forEach((name, type) -> link(build.resolve(name + ".jar"), type));
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", WRITING_ONE.block("console", 1))
            .directory(build.toFile())
            .redirectErrorStream(true);
        shell.environment().merge("PATH", System.getProperty("java.home") + "/bin", (path, java) -> java + ":" + path);
        Process process = shell.start();
        List<String> said = process.inputReader().readAllLines();
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        return build.resolve("acme.jar");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void link(Path jar, Class<?> type) {
        try {
            Files.createSymbolicLink(jar, Path.of(OwnJar.locationOf(type)));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
