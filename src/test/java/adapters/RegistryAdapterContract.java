package adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import oci.BlobContent;
import oci.BlobUpload;
import oci.ContentRegistry;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import replication.registry.RegistryConnection;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is true of every registry that serves images, whatever kind it is. */
@SuppressWarnings("NullAway.Init")
public abstract class RegistryAdapterContract {

    private static final String REPOSITORY = "library/app";

    private final StopSignal stop = new StopSignal();

    private RegistryConnection connection;

    private ContentRegistry registry;

    /** A registry without any repository; its page size had better be below 100. */
    protected abstract RegistryConnection emptyRegistry();

    @BeforeEach
    void open() {
        this.connection = emptyRegistry();
        this.registry = this.connection.as(ContentRegistry.class);
    }

    @AfterEach
    void shut() {
        this.connection.close();
    }

    @Test
    void is_well() {
        this.connection.check();
        assertThat(repositories(RepositoryQuery.ALL)).isEmpty();
    }

    @Test
    void lists_repositories_and_their_namespaces() {
        for (String name : List.of("library/app", "library/web", "team/tools/lint", "plain")) {
            Images.image(1, 10).pushTo(target(name), "v1");
        }
        assertThat(repositories(RepositoryQuery.ALL)).containsExactlyInAnyOrder("library/app", "library/web",
                "team/tools/lint", "plain");
        try (Stream<String> namespaces = this.connection.namespaces()) {
            assertThat(namespaces).containsExactlyInAnyOrder("library", "team/tools");
        }
    }

    @Test
    void narrows_a_listing_by_names_and_namespaces() {
        for (String name : List.of("library/app", "library/web", "team/app")) {
            Images.image(1, 10).pushTo(target(name), "v1");
        }
        assertThat(repositories(new RepositoryQuery.Named(List.of("library/web")))).contains("library/web");
        assertThat(repositories(new RepositoryQuery.Catalog(List.of("team")))).contains("team/app");
        assertThat(repositories(new RepositoryQuery.Catalog(List.of("nowhere")))).doesNotContain("nowhere");
        assertThat(repositories(new RepositoryQuery.Named(List.of()))).isEmpty();
    }

    @Test
    void lists_more_tags_than_a_page_holds() {
        Image image = Images.image(1, 10);
        image.pushContentTo(target());
        Set<String> pushed = new TreeSet<>();
        for (int i = 0; i < 230; i++) {
            pushed.add("v" + i);
            target().put(image.manifest(), "v" + i);
        }
        assertThat(tags()).hasSize(230).containsExactlyInAnyOrderElementsOf(pushed);
        try (Stream<String> first = source().tags()) {
            assertThat(first.limit(3)).hasSize(3);
        }
    }

    @Test
    void gives_back_the_bytes_it_was_given() {
        Image image = Images.image(2, 0, 1, 70_000, 300_000);
        image.pushTo(target(), "v1");
        Descriptor head = source().head("v1").orElseThrow();
        RawManifest manifest = source().manifest("v1");
        assertThat(head.digest()).isEqualTo(image.digest());
        assertThat(head.mediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
        assertThat(head.size()).isEqualTo(image.manifest().bytes().length);
        assertThat(manifest.bytes()).isEqualTo(image.manifest().bytes());
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_IMAGE);
        assertThat(source().manifest(image.digest().toString()).bytes()).isEqualTo(image.manifest().bytes());
        image.blobs().forEach((blob, bytes) -> {
            assertThat(target().has(blob)).isTrue();
            assertThat(read(blob)).isEqualTo(bytes);
        });
    }

    @Test
    void holds_indexes_artifacts_and_docker_images() {
        Image index = Images.twoPlatforms(3, 500);
        Image artifact = Images.artifact("application/vnd.example.sbom", index.descriptor());
        Image docker = Images.docker(4, 500);
        index.pushTo(target(), "index");
        artifact.pushTo(target(), "artifact");
        docker.pushTo(target(), "docker");
        assertThat(source().manifest("index").bytes()).isEqualTo(index.manifest().bytes());
        assertThat(source().manifest("artifact").bytes()).isEqualTo(artifact.manifest().bytes());
        assertThat(source().head("docker").orElseThrow().mediaType()).isEqualTo(MediaTypes.DOCKER_IMAGE);
    }

    @Test
    void knows_nothing_of_an_unknown_repository() {
        Image image = Images.image(5, 10);
        assertThat(tags()).isEmpty();
        assertThat(source().head("v1")).isEmpty();
        assertThat(target().head(image.digest().toString())).isEmpty();
        assertThat(target().has(layer(image))).isFalse();
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> source().manifest("v1"));
        assertThatExceptionOfType(RegistryFailure.NotFound.class).isThrownBy(() -> read(layer(image)));
    }

    @Test
    void never_commits_altered_bytes() {
        byte[] bytes = Images.bytes(6, 200_000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        byte[] altered = bytes.clone();
        altered[100_000] ^= 1;
        assertThatThrownBy(() -> send(blob, altered)).isInstanceOf(RegistryFailure.class)
            .hasMessageContaining(blob.digest().toString());
        assertThat(target().has(blob)).isFalse();
    }

    @Test
    void never_commits_a_stream_that_is_short_or_long() {
        byte[] bytes = Images.bytes(7, 200_000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        assertThatThrownBy(() -> send(blob, Arrays.copyOf(bytes, 150_000))).isInstanceOf(RegistryFailure.class);
        assertThatThrownBy(() -> send(blob, Arrays.copyOf(bytes, 200_001))).isInstanceOf(RegistryFailure.class);
        assertThat(target().has(blob)).isFalse();
        send(blob, bytes);
        assertThat(target().has(blob)).isTrue();
    }

    @Test
    void never_commits_a_stream_that_breaks_off() {
        byte[] bytes = Images.bytes(8, 200_000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        InputStream broken = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                if (available() < 100_000) {
                    throw new RegistryFailure.Transient("read blob: connection reset", null);
                }
                return super.read(buffer, offset, length);
            }
        };
        assertThatThrownBy(() -> target().upload(blob).send(broken)).isInstanceOf(RegistryFailure.class);
        assertThat(target().has(blob)).isFalse();
    }

    @Test
    void a_cancelled_upload_leaves_nothing() {
        Descriptor blob = layer(Images.image(9, 10));
        target().upload(blob).cancel();
        assertThat(target().has(blob)).isFalse();
    }

    @Test
    void mounts_what_another_repository_has() {
        Image image = Images.image(10, 1000);
        image.pushTo(target("library/other"), "v1");
        Optional<BlobUpload> declined = target().mount(layer(image), "library/other");
        assertThat(declined).isEmpty();
        assertThat(read(layer(image))).isEqualTo(image.blobs().get(layer(image)));
    }

    @Test
    void answers_a_mount_from_nowhere_with_an_upload() {
        byte[] bytes = Images.bytes(11, 1000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        BlobUpload upload = target().mount(blob, "library/other").orElseThrow();
        upload.send(new ByteArrayInputStream(bytes));
        assertThat(target().has(blob)).isTrue();
    }

    @Test
    void moves_a_tag() {
        Image first = Images.image(12, 10);
        Image second = Images.image(13, 10);
        first.pushTo(target(), "latest");
        second.pushTo(target(), "latest");
        assertThat(tags()).containsExactly("latest");
        assertThat(source().head("latest").orElseThrow().digest()).isEqualTo(second.digest());
        assertThat(source().manifest(first.digest().toString()).bytes()).isEqualTo(first.manifest().bytes());
    }

    @Test
    void a_manifest_put_by_digest_is_no_tag() {
        Image image = Images.image(14, 10);
        image.pushTo(target(), image.digest().toString());
        assertThat(tags()).isEmpty();
        assertThat(source().head(image.digest().toString()).orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void refuses_a_manifest_whose_blobs_it_misses() {
        Image image = Images.image(15, 10);
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> target().put(image.manifest(), "v1"));
        assertThat(source().head("v1")).isEmpty();
    }

    @Test
    void refuses_an_index_whose_children_it_misses() {
        Image index = Images.twoPlatforms(16, 10);
        assertThatExceptionOfType(RegistryFailure.NotFound.class)
            .isThrownBy(() -> target().put(index.manifest(), "v1"));
        assertThat(source().head("v1")).isEmpty();
    }

    @Test
    void every_call_ends_once_it_is_stopped() {
        Image image = Images.image(17, 10);
        image.pushTo(target(), "v1");
        ContentSource source = source();
        ContentTarget target = target();
        Descriptor blob = layer(image);
        this.stop.stop();
        stopped(() -> assertThat(source.tags()).isEmpty());
        stopped(() -> source.head("v1"));
        stopped(() -> source.manifest("v1"));
        stopped(() -> source.blob(blob));
        stopped(() -> target.has(blob));
        stopped(() -> target.mount(blob, "library/other"));
        stopped(() -> target.upload(blob));
        stopped(() -> target.put(image.manifest(), "v2"));
    }

    @Test
    void a_send_ends_when_it_is_stopped_and_commits_nothing() {
        byte[] bytes = Images.bytes(18, 500_000);
        Descriptor blob = Images.blob(Images.LAYER, bytes);
        InputStream stopping = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                RegistryAdapterContract.this.stop.stop();
                return super.read(buffer, offset, Math.min(length, 1000));
            }
        };
        BlobUpload upload = target().upload(blob);
        stopped(() -> upload.send(stopping));
        upload.cancel();
        assertThat(this.registry.target(REPOSITORY, new StopSignal()).has(blob)).isFalse();
    }

    private static void stopped(Runnable call) {
        assertThatExceptionOfType(StopSignal.Stopped.class).isThrownBy(call::run);
    }

    private Set<String> repositories(RepositoryQuery query) {
        try (Stream<String> names = this.connection.repositories(query)) {
            return names.collect(Collectors.toSet());
        }
    }

    private List<String> tags() {
        try (Stream<String> tags = source().tags()) {
            return tags.toList();
        }
    }

    private void send(Descriptor blob, byte[] bytes) {
        target().upload(blob).send(new ByteArrayInputStream(bytes));
    }

    private byte[] read(Descriptor blob) {
        try (BlobContent content = source().blob(blob)) {
            return content.stream().readAllBytes();
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Descriptor layer(Image image) {
        return image.blobs().keySet().stream().skip(1).findFirst().orElseThrow();
    }

    private ContentSource source() {
        return this.registry.source(REPOSITORY, this.stop);
    }

    private ContentTarget target() {
        return target(REPOSITORY);
    }

    private ContentTarget target(String repository) {
        return this.registry.target(repository, this.stop);
    }

}
