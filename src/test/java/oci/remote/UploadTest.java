package oci.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import fixtures.Blobs;
import fixtures.FaultyRegistry;
import fixtures.Patience;
import fixtures.RealRegistry;
import fixtures.Registered;
import fixtures.Reply;
import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadTest {

    static final String UPLOADS = "/v2/lib/app/blobs/uploads/";

    static final RealRegistry REAL = RealRegistry.start();

    final byte[] content = Blobs.random(500_000, 1);

    final Descriptor blob = Blobs.describe(this.content);

    final FaultyRegistry faulty = new FaultyRegistry();

    final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    final RemoteRegistry toReal = RemoteRegistry.connect(Registered.at(REAL).access(), Patience.SHORT, this.limits);

    final RemoteRegistry toFaulty = RemoteRegistry.connect(Registered.at(this.faulty.url()).basic("joe", "x").access(),
            Patience.SHORT, this.limits);

    final ContentTarget real = this.toReal.target("lib/app", new StopSignal());

    final ContentTarget target = this.toFaulty.target("lib/app", new StopSignal());

    @AfterEach
    void close() {
        this.toReal.close();
        this.toFaulty.close();
        this.faulty.close();
    }

    @AfterAll
    static void end() {
        REAL.close();
    }

    @Test
    void other_content_of_the_right_size_is_never_sent_whole() {
        byte[] wrong = this.content.clone();
        wrong[wrong.length - 1]++;
        assertThatExceptionOfType(RegistryFailure.Mismatch.class)
            .isThrownBy(() -> this.real.upload(this.blob).send(Blobs.stream(wrong)))
            .withMessageContaining(Digest.sha256(wrong) + " came instead of " + this.blob.digest());
        assertThat(this.real.has(this.blob)).isFalse();
        assertThat(this.real.has(Blobs.describe(wrong))).isFalse();
    }

    @Test
    void other_content_of_unknown_size_is_not_ended_as_if_it_were_whole() {
        byte[] wrong = Blobs.random(1000, 2);
        Descriptor unsized = new Descriptor("", this.blob.digest(), -1);
        assertThatExceptionOfType(RegistryFailure.Mismatch.class)
            .isThrownBy(() -> this.real.upload(unsized).send(Blobs.stream(wrong)))
            .withMessageContaining(Digest.sha256(wrong) + " came instead of");
    }

    @Test
    void a_source_that_ends_early_may_be_tried_again() {
        InputStream early = Blobs.stream(Blobs.random(100, 3));
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> this.real.upload(this.blob).send(early))
            .withMessageContaining("the source sent only 100 of 500000 bytes");
    }

    @Test
    void a_source_that_goes_on_is_refused() {
        InputStream longer = new SequenceInputStream(Blobs.stream(this.content), Blobs.stream(new byte[1]));
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> this.real.upload(this.blob).send(longer))
            .withMessageContaining("more than the 500000 bytes");
        assertThat(this.real.has(this.blob)).isFalse();
    }

    @Test
    void a_source_that_breaks_is_named_as_the_one_at_fault() throws IOException {
        InputStream breaking = InputStream.nullInputStream();
        breaking.close();
        assertThatExceptionOfType(RegistryFailure.Transient.class)
            .isThrownBy(() -> this.real.upload(this.blob).send(breaking))
            .withMessageContaining("the source failed: Stream closed");
    }

    @ParameterizedTest
    @ValueSource(ints = { 404, 416, 500, 429 })
    void a_session_that_has_ended_may_be_begun_anew(int status) {
        this.faulty.on("POST", UPLOADS, Reply.status(202).header("Location", "one"))
            .on("PUT", UPLOADS + "one", Reply.error(status, "BLOB_UPLOAD_UNKNOWN", "gone"));
        assertThatExceptionOfType(RegistryFailure.class)
            .isThrownBy(() -> this.target.upload(this.blob).send(Blobs.stream(this.content)))
            .matches(RegistryFailure::passing);
        assertThat(this.faulty.requests("PUT", UPLOADS + "one")).hasSize(1);
    }

    @Test
    void a_refused_push_is_told_in_the_registrys_words_with_a_hint() {
        this.faulty.on("POST", UPLOADS, Reply.error(403, "DENIED", "requested access to the resource is denied"));
        assertThatExceptionOfType(RegistryFailure.Unauthorized.class).isThrownBy(() -> this.target.upload(this.blob))
            .withMessageEndingWith("403 DENIED \"requested access to the resource is denied\"")
            .satisfies(
                    (failure) -> assertThat(failure.reason().hint()).isEqualTo("the credential may lack push on lib"));
    }

    @Test
    void a_location_keeps_its_query_and_another_host_gets_no_credential() {
        this.faulty.on("GET", "/v2/", Reply.status(401).header("WWW-Authenticate", "Basic realm=x"))
            .on("POST", UPLOADS,
                    Reply.status(202).header("Location", this.faulty.otherUrl() + "/store/7?_state=a%3D%2Bb%3D%3D"))
            .on("PUT", "/store/7", Reply.status(201));
        assertThat(this.target.upload(this.blob).send(Blobs.stream(this.content))).isEqualTo(500_000);
        assertThat(this.faulty.requests("POST", UPLOADS).getFirst().authorization()).startsWith("Basic ");
        assertThat(this.faulty.requests("PUT", "/store/7")).singleElement().satisfies((put) -> {
            assertThat(put.authorization()).isEmpty();
            assertThat(put.uri().getRawQuery())
                .isEqualTo("_state=a%3D%2Bb%3D%3D&digest=sha256%3A" + this.blob.digest().hex());
        });
    }

    @Test
    void a_mount_that_is_answered_by_a_session_uses_it() {
        this.faulty.on("POST", UPLOADS, Reply.status(202).header("Location", UPLOADS + "two"))
            .on("PUT", UPLOADS + "two", Reply.status(201));
        BlobUpload upload = this.target.mount(this.blob, "lib/other").orElseThrow();
        assertThat(upload.send(Blobs.stream(this.content))).isEqualTo(500_000);
        assertThat(this.faulty.requests("POST", UPLOADS)).hasSize(1);
    }

    @Test
    void what_comes_from_one_registry_goes_to_another() throws IOException {
        this.toReal.target("lib/from", new StopSignal()).upload(this.blob).send(Blobs.stream(this.content));
        try (BlobContent from = this.toReal.source("lib/from", new StopSignal()).blob(this.blob)) {
            ContentTarget copy = this.toReal.target("lib/copy", new StopSignal());
            assertThat(copy.upload(this.blob).send(from.stream())).isEqualTo(500_000);
        }
    }

}
