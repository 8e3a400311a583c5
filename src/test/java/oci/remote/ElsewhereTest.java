package oci.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;

import fixtures.BareServer;
import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import fixtures.TestAuthority;
import oci.BlobContent;
import oci.ContentSource;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What an operator is told where a registry sends to another host that fails. */
class ElsewhereTest {

    static final String FORWARDED = "; a proxy before the registry may not pass on X-Forwarded-Host and -Proto";

    static final String LOGIN = "; the login did not go along";

    final byte[] content = Blobs.random(1000, 1);

    final Descriptor blob = Blobs.describe(this.content);

    final String path = "/v2/lib/app/blobs/" + this.blob.digest();

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(
            Registered.at(this.faulty.url()).basic("joe", "s3cret").access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    final ContentSource source = this.registry.source("lib/app", new StopSignal());

    final ContentTarget target = this.registry.target("lib/app", new StopSignal());

    final String other = this.faulty.otherUrl().getAuthority();

    ElsewhereTest() {
        this.faulty.on("GET", "/v2/", Reply.status(401).header("WWW-Authenticate", "Basic realm=x"));
    }

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @Test
    void a_store_that_refuses_the_connection_is_named() throws IOException {
        String dead = "localhost:" + freePort();
        redirectTo("http://" + dead + "/x?sig=s");
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessage(redirects(dead) + ", which refuses the connection" + LOGIN);
    }

    @Test
    void a_store_whose_name_nobody_knows_is_named() {
        redirectTo("https://cdn.invalid/x?sig=s");
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessage(redirects("cdn.invalid") + ", whose name cannot be resolved" + LOGIN);
    }

    @Test
    void a_store_without_a_trusted_certificate_is_named_and_not_asked_again() {
        TestAuthority authority = TestAuthority.valid(Instant.now().minusSeconds(60), Instant.now().plusSeconds(600));
        try (BareServer cdn = BareServer.tls(authority.serverContext(), false,
                (_) -> BareServer.answer(200, "the blob"))) {
            redirectTo(cdn.url() + "/x");
            assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.blob(this.blob))
                .withMessage(redirects(cdn.host()) + ", whose certificate is not trusted" + LOGIN)
                .satisfies((failure) -> assertThat(failure.reason().hint())
                    .isEqualTo("give its authority as ca_certificate, or set insecure"));
            assertThat(this.faulty.requests("GET", this.path)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            403 -> <Error><Code>AccessDenied</Code></Error> -> "AccessDenied" -> 2 -> Permanent
            403 -> Request has expired -> "Request has expired" -> 8 -> Transient
            401 -> who are you -> "who are you" -> 8 -> Transient
            404 -> <Error><Code>NoSuchKey</Code></Error> -> "NoSuchKey" -> 1 -> NotFound
            503 -> slow down -> "slow down" -> 4 -> Transient
            """)
    void what_a_store_answers_is_told_as_its_own(int status, String body, String words, int times, String type) {
        redirectTo(this.faulty.otherUrl() + "/cdn?X-Signature=secret");
        this.faulty.on("GET", "/cdn", Reply.body(status, body));
        assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessage(redirects(this.other) + ", which answers " + status + " " + words + LOGIN)
            .satisfies((failure) -> assertThat(failure.getClass().getSimpleName()).isEqualTo(type));
        assertThat(this.faulty.requests("GET", this.path)).hasSize(times);
        assertThat(this.faulty.requests("GET", "/cdn")).extracting(FaultyRegistry.Request::authorization)
            .containsOnly("");
    }

    @Test
    void a_redirect_within_the_registry_goes_with_the_login_and_says_so() {
        redirectTo("/blobs/7");
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessage(redirects("itself, at /blobs/7") + ", which answers 404; the login went along");
    }

    @Test
    void the_last_of_several_hosts_is_named_with_the_one_that_sent_there() throws IOException {
        String dead = "localhost:" + freePort();
        redirectTo(this.faulty.otherUrl() + "/cdn");
        this.faulty.on("GET", "/cdn", Reply.status(302).header("Location", "http://" + dead + "/x"));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessage("pull blob %s from %s/lib/app: %s redirects blobs to %s, which refuses the connection%s",
                    this.blob.digest(), this.faulty.host(), this.other, dead, LOGIN);
    }

    @Test
    void a_body_that_breaks_in_the_middle_is_told_of_the_store() throws IOException {
        redirectTo(this.faulty.otherUrl() + "/cdn");
        this.faulty.on("GET", "/cdn", Reply.shortBody(1000, 400));
        try (BlobContent read = this.source.blob(this.blob)) {
            assertThatIOException().isThrownBy(() -> read.stream().readAllBytes())
                .withMessage(redirects(this.other) + ", which closed the connection too early" + LOGIN
                        + "; 400 of 1000 bytes had come");
        }
    }

    @Test
    void a_list_that_breaks_after_a_redirect_is_told_of_the_other_host() {
        this.faulty
            .on("GET", "/v2/lib/app/tags/list",
                    Reply.status(307).header("Location", this.faulty.otherUrl() + "/elsewhere"))
            .on("GET", "/elsewhere", Reply.shortBody(100, 10));
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> this.source.tags().toList())
            .withMessage(
                    "list the tags of %s/lib/app: %s redirects lists to %s, which closed the connection too early%s",
                    this.faulty.host(), this.faulty.host(), this.other, LOGIN);
    }

    @Test
    void an_upload_on_another_host_goes_without_the_login() {
        uploadsAt(this.faulty.otherUrl() + "/up?s=1");
        this.faulty.on("PUT", "/up", Reply.status(201));
        this.target.upload(this.blob).send(new ByteArrayInputStream(this.content));
        assertThat(this.faulty.requests("POST", "/v2/lib/app/blobs/uploads/").getFirst().authorization())
            .startsWith("Basic ");
        assertThat(this.faulty.requests("PUT", "/up").getFirst().authorization()).isEmpty();
    }

    @Test
    void an_upload_at_a_host_that_is_not_there_fails_at_once_with_the_likely_cause() throws IOException {
        String dead = "localhost:" + freePort();
        uploadsAt("http://" + dead + "/v2/lib/app/blobs/uploads/1");
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(this::upload)
            .withMessage(wantsUpload(dead) + ", which refuses the connection" + LOGIN + FORWARDED);
        uploadsAt("http://registry.invalid:5000/v2/lib/app/blobs/uploads/1");
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(this::upload)
            .withMessage(wantsUpload("registry.invalid:5000") + ", whose name cannot be resolved" + LOGIN + FORWARDED);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
            401 -> -> 401
            404 -> <h1>Not Found</h1> -> 404 "Not Found"
            405 -> no -> 405 "no"
            400 -> Bad Host -> 400 "Bad Host"
            """)
    void an_upload_that_another_host_refuses_fails_at_once_with_the_likely_cause(int status, String body,
            String words) {
        uploadsAt(this.faulty.otherUrl() + "/up?s=1");
        this.faulty.on("PUT", "/up", Reply.body(status, (body != null) ? body : ""));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(this::upload)
            .withMessage(wantsUpload(this.other) + ", which answers " + words + LOGIN + FORWARDED);
    }

    @Test
    void a_store_that_has_taken_blobs_before_may_be_away_for_a_while() {
        uploadsAt(this.faulty.otherUrl() + "/up?s=1");
        this.faulty.on("PUT", "/up", Reply.status(201), Reply.status(404));
        upload();
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(this::upload)
            .withMessageContaining("answers 404");
    }

    @Test
    void a_location_from_https_to_http_is_told_with_the_likely_cause() {
        TestAuthority authority = TestAuthority.valid(Instant.now().minusSeconds(60), Instant.now().plusSeconds(600));
        try (BareServer secure = BareServer.tls(authority.serverContext(), false,
                (_) -> BareServer.answer(202, "", "Location: http://127.0.0.1:5000/up"));
                RemoteRegistry connected = RemoteRegistry.connect(
                        Registered.at(secure.url()).trusting(authority.pem()).access(), Patience.SHORT,
                        new HostLimits(LimitSizes.DEFAULTS))) {
            assertThatExceptionOfType(RegistryFailure.Permanent.class)
                .isThrownBy(() -> connected.target("lib/app", new StopSignal()).upload(this.blob))
                .withMessageEndingWith(
                        "202 with a Location on http://127.0.0.1:5000, which would leave https for http; "
                                + "behind a proxy, the registry needs X-Forwarded-Proto");
        }
    }

    private void upload() {
        this.target.upload(this.blob).send(new ByteArrayInputStream(this.content));
    }

    private void redirectTo(String location) {
        this.faulty.on("GET", this.path, Reply.status(307).header("Location", location));
    }

    private void uploadsAt(String location) {
        this.faulty.on("POST", "/v2/lib/app/blobs/uploads/", Reply.status(202).header("Location", location));
    }

    private String redirects(String to) {
        return "pull blob %s from %s/lib/app: %s redirects blobs to %s".formatted(this.blob.digest(),
                this.faulty.host(), this.faulty.host(), to);
    }

    private String wantsUpload(String to) {
        return "push blob %s to %s/lib/app: %s wants the upload sent to %s".formatted(this.blob.digest(),
                this.faulty.host(), this.faulty.host(), to);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

}
