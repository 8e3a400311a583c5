package adapters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fixtures.Images;
import fixtures.PythonTools;
import fixtures.TestAuthority;
import fixtures.vendors.AzureFront;
import fixtures.vendors.GoogleFront;
import fixtures.vendors.TlsFront;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Google's and Microsoft's SDKs for Python speak to our fakes of their clouds. */
@Tag("interop")
@Timeout(600)
class CloudInteropTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final PythonTools python = PythonTools.of("clouds");

    private final TestAuthority authority = TestAuthority.create();

    @Test
    void the_sdks_of_microsoft_understand_the_fake_and_ask_as_it_checks(@TempDir Path folder) throws IOException {
        try (AzureFront cloud = new AzureFront(); TlsFront front = new TlsFront(this.authority, cloud.url())) {
            for (int i = 0; i < 5; i++) {
                cloud.push("lib/app", "v" + i, Images.image(i + 1, 10));
            }
            cloud.locked.add("lib/app:v4");
            cloud.full = 2;
            cloud.authority = front.url();

            JsonNode found = JSON
                .readTree(this.python.script("acr.py", front.url(), front.url().substring("https://".length()),
                        AzureFront.TENANT, AzureFront.CLIENT, AzureFront.SECRET, authority(folder), "lib/app"));

            assertThat(found.toString())
                .isEqualTo("{\"repositories\":[\"lib/app\"],\"tags\":[\"v0\",\"v1\",\"v2\",\"v3\",\"v4\"],"
                        + "\"digests\":5,\"dated\":true,\"shut\":[\"v4\"],\"left\":[\"v1\",\"v2\",\"v3\",\"v4\"],"
                        + "\"refused\":405}");
            assertThat(cloud.mistakes).isEmpty();
        }
    }

    @Test
    void the_sdk_of_google_logs_in_at_the_fake_as_it_checks(@TempDir Path folder) throws IOException {
        try (GoogleFront cloud = new GoogleFront(); TlsFront front = new TlsFront(this.authority, cloud.url())) {
            Path subject = Files.writeString(folder.resolve("subject"), GoogleFront.SUBJECT);
            Path key = Files.writeString(folder.resolve("key.json"), cloud.key());
            Path federation = Files.writeString(folder.resolve("federation.json"),
                    GoogleFront.json(GoogleFront.federation(front.url() + "/v1/token", subject.toString())));

            JsonNode found = JSON.readTree(
                    this.python.script("google_login.py", key.toString(), federation.toString(), authority(folder)));

            assertThat(List.of(found.path("key").asText(), found.path("federation").asText()))
                .allSatisfy((token) -> assertThat(cloud.access.holds(token)).isTrue());
            assertThat(cloud.mistakes).isEmpty();
        }
    }

    private String authority(Path folder) throws IOException {
        return Files.writeString(folder.resolve("authority.pem"), this.authority.pem()).toString();
    }

}
