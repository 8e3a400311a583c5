package e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.NullNode;
import fixtures.Command;
import fixtures.DrayageProcess;
import fixtures.Image;
import fixtures.Images;
import fixtures.Site;
import fixtures.TestAuthority;
import fixtures.vendors.AzureFront;
import fixtures.vendors.GoogleFront;
import fixtures.vendors.TlsFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the pages of Google's and Azure's registries run as they stand there,
 * and a machine's own identity needs no secret at all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudLoginTest {

    private final GoogleFront google = new GoogleFront();

    private final AzureFront azure = new AzureFront();

    private final TestAuthority authority = TestAuthority.create();

    private final TlsFront entra = new TlsFront(this.authority, this.azure.url());

    private final Site central = Site.start();

    private final Path folder;

    private final DrayageProcess drayage;

    CloudLoginTest(@TempDir Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Map<String, String> environment = new HashMap<>();
        environment.put("DRAYAGE_QUICKSTART", "false");
        environment.put("DRAYAGE_ADMIN_PASSWORD", DrayageProcess.PASSWORD);
        environment.put("DRAYAGE_ADAPTER_HOSTS", "google=http://127.0.0.1:{port},azure-acr=http://127.0.0.1:{port}");
        environment.put("GCE_METADATA_HOST", URI.create(this.google.url()).getAuthority());
        environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", this.google.url());
        environment.put("IDENTITY_ENDPOINT", this.azure.url() + "/msi/token");
        environment.put("IDENTITY_HEADER", AzureFront.MACHINE);
        environment.put("AZURE_AUTHORITY_HOST", this.entra.url());
        this.drayage = DrayageProcess.start(folder.resolve("home"), environment,
                "-Djavax.net.ssl.trustStore=" + trustStore(), "-Djavax.net.ssl.trustStorePassword=public");
        this.google.created.put("acme/apps", NullNode.getInstance());
    }

    private Path trustStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(this.authority.pem().getBytes(StandardCharsets.US_ASCII))));
        Path file = this.folder.resolve("authorities.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "public".toCharArray());
        }
        return file;
    }

    @AfterEach
    void nothing_was_sent_that_should_not_have_been_and_no_secret_was_logged() {
        assertThat(this.google.mistakes).isEmpty();
        assertThat(this.azure.mistakes).isEmpty();
        assertThat(this.drayage.log()).doesNotContain("canary", "BEGIN PRIVATE KEY");
    }

    @AfterAll
    void stop() {
        this.drayage.close();
        this.central.close();
        this.entra.close();
        this.azure.close();
        this.google.close();
    }

    @Test
    void the_examples_of_the_pages_run_as_they_stand_there() throws IOException {
        Image image = Images.image(1, 1000);
        this.central.push("team/lint", "v1", image);
        this.central.push("team/lint", "latest", image);

        assertThat(run("google", "https://europe-docker.pkg.dev", this.google.url(), "publish-google"))
            .contains("1 copied");
        assertThat(this.google.digests("acme/apps/lint")).isEqualTo(Map.of("v1", image.digest().toString()));
        assertThat(command("run", "publish-google", "--wait")).contains("1 unchanged");

        assertThat(run("azure-acr", "https://acme.azurecr.io", this.azure.url(), "publish-azure")).contains("1 copied");
        assertThat(this.azure.digests("team/lint")).isEqualTo(Map.of("v1", image.digest().toString()));
    }

    /** Applies the JSON of a page and runs its policy. */
    private String run(String page, String place, String url, String policy) throws IOException {
        String text = Files.readString(Path.of("docs/adapters", page + ".md"));
        int begin = text.indexOf("```json\n") + "```json\n".length();
        String example = text.substring(begin, text.indexOf("```", begin));
        assertThat(example).contains(place, "https://registry.example.com");
        Path file = Files.writeString(this.folder.resolve(page + ".json"),
                example.replace(place, url).replace("https://registry.example.com", this.central.url()));
        command("policies", "apply", "-f", file.toString());
        return command("run", policy, "--wait");
    }

    private String command(String... arguments) {
        return Command
            .run(Map.of("DRAYAGE_URL", "http://127.0.0.1:" + this.drayage.port(), "DRAYAGE_PASSWORD",
                    DrayageProcess.PASSWORD, "GOOGLE_KEY", this.google.key(), "AZURE_SECRET", AzureFront.SECRET,
                    "DOCKER_CONFIG", this.folder.toString()), arguments)
            .expect(0)
            .out();
    }

    @Test
    void the_machine_s_identity_copies_what_a_subscription_reports() {
        Image image = Images.image(2, 1000);
        this.google.push("acme/apps/tool", "v1", image);
        long from = this.drayage.api()
            .create("/api/registries",
                    Map.of("name", "machine google", "registry_type", "google", "url", this.google.url(), "credential",
                            Map.of("type", "google"), "settings",
                            Map.of("subscription", "projects/team/subscriptions/drayage")));
        long to = this.drayage.api()
            .create("/api/registries", Map.of("name", "machine azure", "registry_type", "azure-acr", "url",
                    this.azure.url(), "credential", Map.of("type", "azure")));
        this.drayage.api()
            .create("/api/replication/policies",
                    Map.of("name", "by events", "src_registry_id", from, "dest_registry_id", to, "src_namespaces",
                            List.of("acme/apps"), "dest_namespace", "mirror", "triggers",
                            List.of(Map.of("type", "event"))));

        this.google.publish("m1",
                Map.of("action", "INSERT", "tag", URI.create(this.google.url()).getAuthority() + "/acme/apps/tool:v1"));

        Awaitility.await()
            .untilAsserted(() -> assertThat(this.azure.digests("mirror/tool"))
                .isEqualTo(Map.of("v1", image.digest().toString())));
        assertThat(this.google.messages).isEmpty();
        assertThat(this.google.apiRequests("GET", "/computeMetadata/")).isPositive();
        assertThat(this.azure.apiRequests("GET", "/msi/token")).isPositive();
    }

}
