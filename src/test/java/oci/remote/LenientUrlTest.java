package oci.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;

import fixtures.BareServer;
import fixtures.Blobs;
import fixtures.Patience;
import fixtures.Registered;
import oci.BlobContent;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.Descriptor;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** URLs that Java's own class refuses are asked as they came. */
class LenientUrlTest {

    static final Descriptor BLOB = Blobs.describe(new byte[9]);

    final StopSignal stop = new StopSignal();

    @ParameterizedTest
    @CsvSource(delimiterString = "->", quoteCharacter = '\'', textBlock = """
            /up/1?_state={"Name":"lib/app"}|%7c  -> /up/1?_state={"Name":"lib/app"}|%7c&
            /up/{1}/a|b                          -> /up/{1}/a|b?
            ?_state=<a>^`                        -> /v2/lib/app/blobs/uploads/?_state=<a>^`&
            '/up/a b?x=c d'                      -> /up/a%20b?x=c%20d&
            /up/ü?x=日                            -> /up/%C3%BC?x=%E6%97%A5&
            up%zz?                               -> /v2/lib/app/blobs/uploads/up%zz?
            ../uploads/7?sig=a+b%2Bc==           -> /v2/lib/app/blobs/uploads/7?sig=a+b%2Bc==&
            """)
    void an_upload_goes_where_its_location_leads(String location, String target) {
        byte[] content = new byte[9];
        try (BareServer server = server(location); RemoteRegistry registry = connect(server.url())) {
            registry.target("lib/app", this.stop).upload(BLOB).send(new ByteArrayInputStream(content));
            assertThat(server.requests().getLast().line())
                .isEqualTo("PUT " + target + "digest=sha256%3A" + BLOB.digest().hex());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "/cdn?X-Sig={\"a\":\"b|c\"}", "/cdn?X-Sig=a%2fb%2Fc", "/c|d/n?", "/cdn?sig=a&&b=<>" })
    void a_redirect_is_followed_byte_for_byte(String location) throws IOException {
        try (BareServer server = server(location); RemoteRegistry registry = connect(server.url())) {
            try (BlobContent read = registry.source("lib/app", this.stop).blob(BLOB)) {
                assertThat(read.stream().readAllBytes()).hasSize(9);
            }
            assertThat(server.requests()).extracting(BareServer.Request::line).contains("GET " + location);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            http://127.0.0.1:99999/up -> has the port 99999; a port is a number from 1 to 65535
            http://joe:secret@127.0.0.1/up -> holds a user or password, which belong in a credential
            ftp://127.0.0.1/up -> is neither http nor https
            http:///up -> names no host
            http://a b/up -> has no host name in the place of one
            """)
    void a_location_that_leads_nowhere_is_told(String location, String why) {
        try (BareServer server = server(location); RemoteRegistry registry = connect(server.url())) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> registry.target("lib/app", this.stop).upload(BLOB))
                .withMessage("open an upload of blob %s to %s/lib/app: 202 with a Location that %s", BLOB.digest(),
                        server.host(), why);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            http://my_registry:5000 -> my_registry:5000
            http://_r_.docker_default/ -> _r_.docker_default
            http://R_1.Example/ -> r_1.example
            """)
    void a_host_that_java_does_not_take_is_asked(String url, String host) {
        try (BareServer proxy = server("/up");
                RemoteRegistry registry = RemoteRegistry
                    .connect(
                            new RegistryAccess(1, URI.create(url), "", CredentialSource.of(new Credential.None()),
                                    false, null, proxy.url(), 0),
                            Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS))) {
            registry.check();
            BareServer.Request request = proxy.requests().getFirst();
            assertThat(request.line()).isEqualTo("GET http://%s/v2/".formatted(host));
            assertThat(request.header("Host")).contains(host);
        }
    }

    private static BareServer server(String location) {
        return BareServer.plain((request) -> {
            if (request.line().startsWith("POST /v2/")) {
                return BareServer.answer(202, "", "Location: " + location);
            }
            if (request.line().startsWith("GET /v2/lib/app/blobs/")) {
                return BareServer.answer(307, "", "Location: " + location);
            }
            return request.line().startsWith("PUT ") ? BareServer.answer(201, "") : BareServer.answer(200, "{} bytes.");
        });
    }

    private static RemoteRegistry connect(URI url) {
        return RemoteRegistry.connect(Registered.at(url).access(), Patience.SHORT, new HostLimits(LimitSizes.DEFAULTS));
    }

}
