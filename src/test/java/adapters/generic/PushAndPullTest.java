package adapters.generic;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Blobs;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentTarget;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.net.HttpSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PushAndPullTest {

    static final RealRegistry REAL = RealRegistry.start();

    final StopSignal stop = new StopSignal();

    final GenericRegistry registry = new GenericAdapter(HttpSettings.DEFAULTS, new HostLimits(LimitSizes.DEFAULTS))
        .connect(Registered.at(REAL).build());

    @AfterAll
    static void end() {
        REAL.close();
    }

    @AfterEach
    void close() {
        this.registry.close();
    }

    @Test
    void pulls_the_blob_that_it_pushed() throws IOException {
        byte[] content = Blobs.random(3_000_000, 1);
        Descriptor blob = push("lib/blobs", content);
        assertThat(this.registry.target("lib/blobs", this.stop).has(blob)).isTrue();
        try (BlobContent pulled = this.registry.source("lib/blobs", this.stop).blob(blob)) {
            assertThat(pulled.length()).isEqualTo(content.length);
            assertThat(pulled.stream().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void pushes_an_empty_blob_and_one_as_long_as_the_buffer() {
        for (int size : List.of(0, 1, 128 * 1024, 128 * 1024 + 1)) {
            Descriptor blob = push("lib/edges", Blobs.random(size, size));
            assertThat(this.registry.target("lib/edges", this.stop).has(blob)).as("blob of %d", size).isTrue();
        }
    }

    @Test
    void pushes_a_blob_whose_size_is_not_known() {
        byte[] content = Blobs.random(300_000, 2);
        Descriptor unsized = new Descriptor("", Blobs.describe(content).digest(), -1);
        ContentTarget target = this.registry.target("lib/unsized", this.stop);
        assertThat(target.upload(unsized).send(Blobs.stream(content))).isEqualTo(content.length);
        assertThat(target.has(unsized)).isTrue();
    }

    @Test
    void a_manifest_keeps_its_bytes_and_its_digest() {
        RawManifest manifest = pushImage("lib/app", "1.0");
        assertThat(this.registry.source("lib/app", this.stop).head("1.0"))
            .contains(new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length));
        for (String reference : List.of("1.0", manifest.digest().toString())) {
            RawManifest pulled = this.registry.source("lib/app", this.stop).manifest(reference);
            assertThat(pulled.bytes()).isEqualTo(manifest.bytes());
            assertThat(pulled.mediaType()).isEqualTo(manifest.mediaType());
            assertThat(pulled.digest()).isEqualTo(manifest.digest());
        }
    }

    @Test
    void what_is_not_there_is_empty_or_not_found() {
        assertThat(this.registry.source("no/such", this.stop).head("1.0")).isEmpty();
        assertThat(this.registry.target("no/such", this.stop).has(Blobs.describe(new byte[7]))).isFalse();
        try (Stream<String> tags = this.registry.source("no/such", this.stop).tags()) {
            assertThat(tags).isEmpty();
        }
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> this.registry.source("no/such", this.stop).manifest("1.0"))
            .withMessageStartingWith("pull manifest " + REAL.host() + "/no/such:1.0: 404 MANIFEST_UNKNOWN \"");
    }

    @Test
    void a_manifest_whose_blob_is_missing_is_not_found() {
        RawManifest manifest = Blobs.manifest(Blobs.random(10, 99));
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> this.registry.target("lib/holes", this.stop).put(manifest, "1.0"))
            .withMessageContaining("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void mounts_what_another_repository_has_in_one_request() {
        Descriptor blob = push("lib/from", Blobs.random(1000, 3));
        ContentTarget target = this.registry.target("lib/mounted", this.stop);
        assertThat(target.mount(blob, "lib/from")).isEmpty();
        Awaitility.await().until(() -> REAL.requests("POST", "lib/mounted") == 1);
        assertThat(REAL.accessLog()).filteredOn((line) -> line.contains("/v2/lib/mounted")).hasSize(1);
        assertThat(target.has(blob)).isTrue();
    }

    @Test
    void a_declined_mount_is_an_upload() {
        byte[] content = Blobs.random(1000, 4);
        ContentTarget target = this.registry.target("lib/declined", this.stop);
        Optional<BlobUpload> upload = target.mount(Blobs.describe(content), "lib/nobody");
        assertThat(upload.orElseThrow().send(Blobs.stream(content))).isEqualTo(content.length);
        assertThat(target.has(Blobs.describe(content))).isTrue();
    }

    @Test
    void a_cancelled_upload_is_gone() {
        byte[] content = Blobs.random(1000, 5);
        BlobUpload upload = this.registry.target("lib/cancelled", this.stop).upload(Blobs.describe(content));
        upload.cancel();
        assertThatExceptionOfType(RegistryFailure.Transient.class).isThrownBy(() -> upload.send(Blobs.stream(content)))
            .withMessageContaining("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void lists_the_tags_of_more_than_one_page() {
        RawManifest manifest = pushImage("lib/many", "first");
        IntStream.range(0, 1005)
            .parallel()
            .forEach((i) -> this.registry.target("lib/many", this.stop).put(manifest, "t" + i));
        try (Stream<String> tags = this.registry.source("lib/many", this.stop).tags()) {
            assertThat(tags).hasSize(1006).doesNotHaveDuplicates().contains("first", "t0", "t1004");
        }
    }

    @Test
    void lists_repositories_and_namespaces_from_the_catalog() {
        pushImage("cat/one", "1");
        pushImage("cat/deep/two", "1");
        pushImage("other/three", "1");
        assertThat(this.registry.repositories(new RepositoryQuery.Catalog(List.of("cat"))))
            .containsExactlyInAnyOrder("cat/one", "cat/deep/two");
        assertThat(this.registry.namespaces()).contains("cat", "cat/deep", "other").doesNotHaveDuplicates();
    }

    @Test
    void named_repositories_are_taken_without_a_catalog() {
        assertThat(this.registry.repositories(new RepositoryQuery.Named(List.of("a/b", "c/d")))).containsExactly("a/b",
                "c/d");
        assertThat(this.registry.repositories(new RepositoryQuery.Named(List.of()))).isEmpty();
    }

    private RawManifest pushImage(String repository, String tag) {
        byte[] content = Blobs.random(100, 6);
        push(repository, content);
        RawManifest manifest = Blobs.manifest(content);
        this.registry.target(repository, this.stop).put(manifest, tag);
        return manifest;
    }

    private Descriptor push(String repository, byte[] content) {
        Descriptor blob = Blobs.describe(content);
        assertThat(this.registry.target(repository, this.stop).upload(blob).send(Blobs.stream(content)))
            .isEqualTo(content.length);
        return blob;
    }

}
