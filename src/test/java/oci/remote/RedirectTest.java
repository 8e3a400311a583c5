package oci.remote;

import java.io.IOException;

import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.ContentSource;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RedirectTest {

    final byte[] content = Blobs.random(1000, 1);

    final Descriptor blob = Blobs.describe(this.content);

    final String path = "/v2/lib/app/blobs/" + this.blob.digest();

    final FaultyRegistry faulty = new FaultyRegistry();

    final RemoteRegistry registry = RemoteRegistry.connect(
            Registered.at(this.faulty.url()).basic("joe", "s3cret").access(), Patience.SHORT,
            new HostLimits(LimitSizes.DEFAULTS));

    final ContentSource source = this.registry.source("lib/app", new StopSignal());

    RedirectTest() {
        this.faulty.on("GET", "/v2/", Reply.status(401).header("WWW-Authenticate", "Basic realm=x"));
    }

    @AfterEach
    void close() {
        this.registry.close();
        this.faulty.close();
    }

    @Test
    void a_blob_on_another_host_is_read_without_the_credential() throws IOException {
        this.faulty.on("GET", this.path, Reply.status(307).header("Location", this.faulty.otherUrl() + "/cdn?sig=1"))
            .on("GET", "/cdn", Reply.body(200, "the blob"));
        try (BlobContent read = this.source.blob(this.blob)) {
            assertThat(read.stream().readAllBytes()).asString().isEqualTo("the blob");
            assertThat(read.length()).isEqualTo(8);
        }
        assertThat(this.faulty.requests("GET", this.path).getFirst().authorization()).startsWith("Basic ");
        assertThat(this.faulty.requests("GET", "/cdn").getFirst().authorization()).isEmpty();
    }

    /** S3's signed URLs are for one method. */
    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 403, 405 })
    void a_signed_url_that_serves_get_alone_is_asked_by_get(int status) {
        Reply there = Reply.status(307).header("Location", this.faulty.otherUrl() + "/cdn");
        this.faulty.on("HEAD", this.path, there)
            .on("GET", this.path, there)
            .on("HEAD", "/cdn", Reply.status(status))
            .on("GET", "/cdn", Reply.bytes(this.content));
        assertThat(this.registry.target("lib/app", new StopSignal()).has(this.blob)).isTrue();
    }

    @Test
    void a_signed_url_that_has_expired_is_asked_for_again() throws IOException {
        this.faulty.on("GET", this.path, Reply.status(307).header("Location", this.faulty.otherUrl() + "/cdn"))
            .on("GET", "/cdn", Reply.body(403, "Request has expired"), Reply.body(200, "the blob"));
        try (BlobContent read = this.source.blob(this.blob)) {
            assertThat(read.stream().readAllBytes()).hasSize(8);
        }
        assertThat(this.faulty.requests("GET", this.path)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 404, 500 })
    void a_long_place_makes_no_long_message(int status) {
        String there = "/" + "there".repeat(10_000);
        this.faulty.on("GET", this.path, Reply.status(302).header("Location", there))
            .on("GET", there, Reply.status(status));
        assertThatExceptionOfType(RegistryFailure.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessageContaining("redirects blobs to itself, at /therethere")
            .satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(700));
    }

    @Test
    void a_circle_of_redirects_ends() {
        this.faulty.on("GET", this.path, Reply.status(302).header("Location", this.path));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessageEndingWith("more than 5 redirects");
    }

    @Test
    void a_redirect_leads_nowhere_but_http() {
        this.faulty.on("GET", this.path, Reply.status(302).header("Location", "file:///etc/passwd"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> this.source.blob(this.blob))
            .withMessageContaining("is neither http nor https");
    }

}
