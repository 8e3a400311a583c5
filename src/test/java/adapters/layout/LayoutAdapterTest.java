package adapters.layout;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import adapters.FeatureTable;
import adapters.RegistryAdapterContract;
import fixtures.Image;
import fixtures.Images;
import oci.BlobContent;
import oci.ContentSource;
import oci.ContentTarget;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.Refusal;
import replication.registry.Registry;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;
import replication.registry.RepositoryQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SuppressWarnings("NullAway.Init")
class LayoutAdapterTest extends RegistryAdapterContract {

    @TempDir
    Path folder;

    @Override
    protected RegistryConnection emptyRegistry() {
        return connect("layout:exports");
    }

    @Test
    void serves_the_same_folder_by_both_forms_of_url() {
        Images.image(1, 10).pushTo(target("layout:exports", "lib/app"), "v1");
        LayoutRegistry other = connect("file://" + root().resolve("exports"));
        assertThat(other.repositories(RepositoryQuery.ALL)).containsExactly("lib/app");
    }

    @ParameterizedTest
    @ValueSource(strings = { "layout:../elsewhere", "layout:a/../../b", "layout:a/%2e%2e/b", "layout:/absolute",
            "file:///etc", "file://other.example/folder", "https://registry.example", "layout:escape/below" })
    void refuses_a_folder_that_is_not_below_the_allowed_one(String url) throws IOException {
        Files.createDirectories(root());
        Files.createSymbolicLink(root().resolve("escape"), this.folder);
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> connect(url))
            .satisfies((ex) -> assertThat(ex.field()).isEqualTo("url"));
    }

    @Test
    void does_what_it_declares() {
        Image image = Images.image(1, 10);
        image.pushTo(target("layout:exports", "lib/app"), "v1");
        image.pushTo(target("layout:exports", "lib/app"), "v2");
        LayoutRegistry registry = connect("layout:exports");
        assertThat(registry.repositories(RepositoryQuery.ALL)).containsExactly("lib/app");
        assertThat(registry.source("lib/app", new StopSignal()).artifacts())
            .allSatisfy((artifact) -> assertThat(artifact.digest()).isEqualTo(image.digest().toString()));
        assertThat(target("layout:exports", "lib/app").delete("v1", image.digest())).isEmpty();
        assertThat(registry.source("lib/app", new StopSignal()).tags()).containsExactly("v2");
        FeatureTable.prove(new LayoutAdapter(root()).info(), "folders");
    }

    @Test
    void refuses_credentials() {
        Registry registry = new Registry(1, "disk", "", "layout", URI.create("layout:a"), false,
                RegistryCredential.basic("user", new Secret("secret")), null, null, 0);
        assertThatExceptionOfType(Refusal.Invalid.class)
            .isThrownBy(() -> new LayoutAdapter(root()).info().check(registry))
            .satisfies((ex) -> assertThat(ex.field()).isEqualTo("credential.type"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "../x", "a/../x", "/x", "A/b", "a//b", "a/blobs", "a/index.json", ".hidden" })
    void refuses_a_repository_whose_name_is_none(String name) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> target("layout:exports", name));
    }

    @Test
    void does_not_follow_a_link_out_of_its_folder() throws IOException {
        Files.createDirectories(root().resolve("exports"));
        Files.createDirectories(root().resolve("secret/app/blobs"));
        Files.createSymbolicLink(root().resolve("exports/out"), root().resolve("secret"));
        ContentTarget target = target("layout:exports", "out/app");
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> Images.image(1, 10).pushTo(target, "v1"));
        Files.createFile(root().resolve("secret/app/oci-layout"));
        assertThat(connect("layout:exports").repositories(RepositoryQuery.ALL)).isEmpty();
        assertThat(connect("layout:exports").repositories(new RepositoryQuery.Catalog(List.of("out")))).isEmpty();
    }

    @Test
    void says_that_a_layout_is_named_by_its_parent() {
        Images.image(1, 10).pushTo(target("layout:exports", "app"), "v1");
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> connect("layout:exports/app").check())
            .withMessageContaining("give its parent folder");
    }

    @Test
    void says_that_a_file_is_no_folder() throws IOException {
        Files.createDirectories(root());
        Files.createFile(root().resolve("file"));
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> connect("layout:file/below").check())
            .withMessageContaining("is no folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "docker.io/library/app:v1 | | v1", "localhost:5000/app:v1 | | v1", "app:v1 | | v1",
                    "docker.io/library/app | | latest", "v1 | docker.io/library/app:v1 | v1",
                    "index.docker.io/library/app:v1 | | v1" })
    void finds_an_image_by_its_whole_name_and_by_its_tag(String refName, @Nullable String imageName, String tag)
            throws IOException {
        Image image = layout("named", entry(refName, imageName));
        ContentSource source = connect("layout:.").source("named", new StopSignal());
        assertThat(source.tags()).containsExactly(tag);
        for (String reference : new String[] { tag, refName, (imageName != null) ? imageName : tag,
                image.digest().toString() }) {
            assertThat(source.manifest(reference).digest()).as(reference).isEqualTo(image.digest());
        }
        assertThat(source.head("quay.io/other/app:" + tag)).isEmpty();
    }

    @Test
    void the_only_image_without_a_name_is_the_latest() throws IOException {
        Image image = layout("unnamed", "");
        ContentSource source = connect("layout:.").source("unnamed", new StopSignal());
        assertThat(source.tags()).containsExactly("latest");
        assertThat(source.manifest("latest").digest()).isEqualTo(image.digest());
    }

    @Test
    void of_several_images_without_a_name_none_is_the_latest() throws IOException {
        Image image = layout("unnamed", "", "");
        ContentSource source = connect("layout:.").source("unnamed", new StopSignal());
        assertThat(source.tags()).isEmpty();
        assertThat(source.head("latest")).isEmpty();
        assertThat(source.manifest(image.digest().toString()).digest()).isEqualTo(image.digest());
    }

    @Test
    void a_digest_is_no_tag() throws IOException {
        layout("pinned", entry("docker.io/library/app@sha256:" + "a".repeat(64), null));
        assertThat(connect("layout:.").source("pinned", new StopSignal()).tags()).isEmpty();
    }

    @Test
    void a_tag_that_two_images_have_is_refused_and_their_names_are_not() throws IOException {
        layout("two", entry("docker.io/a/app:v1", null), entry("quay.io/b/app:v1", null), entry("v2", "x.example/a:v2"),
                entry("v2", "x.example/b:v2"));
        ContentSource source = connect("layout:.").source("two", new StopSignal());
        assertThat(source.tags()).containsExactly("v1", "v2");
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> source.head("v1"))
            .withMessageContaining("2 images have it", "docker.io/a/app:v1", "quay.io/b/app:v1");
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> source.head("v2"))
            .withMessageContaining("x.example/b:v2");
        assertThat(source.head("docker.io/a/app:v1")).isPresent();
        assertThat(source.head("x.example/a:v2")).isPresent();
    }

    @Test
    void a_tag_alone_goes_before_names_that_end_with_it() throws IOException {
        Image image = layout("both", entry("v1", null), entry("quay.io/b/app:v1", null));
        assertThat(connect("layout:.").source("both", new StopSignal()).manifest("v1").digest())
            .isEqualTo(image.digest());
    }

    @Test
    void deletes_a_tag_by_whatever_name_it_has_it() throws IOException {
        Image image = layout("named", entry("docker.io/library/app:v1", null), entry("v2", null));
        ContentTarget target = connect("layout:.").target("named", new StopSignal());
        assertThat(target.delete("v1", image.digest(), (_, _) -> false)).isEmpty();
        assertThat(target.head("v1")).isEmpty();
        assertThat(target.head("v2")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = { "quay.io/b/app:v1", "app:v1", "localhost:5000/v1:v1" })
    void deletes_a_tag_and_not_another_image_whose_name_ends_with_it(String name) throws IOException {
        Image image = layout("both", entry("v1", null), entry(name, null));
        ContentTarget target = connect("layout:.").target("both", new StopSignal());
        assertThat(target.delete("v1", image.digest(), (_, _) -> false)).isEmpty();
        assertThat(target.head(name)).isPresent();
        assertThat(target.head(image.digest().toString())).isPresent();
        assertThat(target.delete("v1", image.digest(), (_, _) -> false)).isPresent();
        assertThat(target.head(name)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "no json | it is no JSON, from line 1, column",
            "\"text\" | it is no JSON object", "[] | it is no JSON object", "'' | it is no JSON object",
            "{} | it has no list of manifests", "{\"manifests\":{}} | it has no list of manifests",
            "{\"manifests\":[7]} | its manifest number 1 has no digest or no valid size",
            "{\"manifests\":[{\"digest\":7}]} | its manifest number 1 has no digest or no valid size",
            "{\"manifests\":[{\"digest\":\"sha256:ab\"}]} | its manifest number 1: ",
            "{\"manifests\":[{\"digest\":\"x\",\"size\":\"many\"}]} | its manifest number 1 has no digest or no valid size" })
    void a_broken_index_is_told_in_words(String index, String why) throws IOException {
        layout("broken", entry("v1", null));
        Files.writeString(root().resolve("broken/index.json"), index);
        ContentSource source = connect("layout:.").source("broken", new StopSignal());
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> source.head("v1"))
            .withMessageContaining(
                    "read tags of layout %s: its index.json is malformed: %s".formatted(root().resolve("broken"), why))
            .withMessageNotContainingAny("Exception", "com.", "java.");
    }

    /**
     * A layout as another program has left it.
     * @param entries what each image's entry in the index has besides
     * @return the first one's image
     */
    private Image layout(String name, String... entries) throws IOException {
        List<Image> images = IntStream.range(0, entries.length).mapToObj((i) -> Images.image(100 + i, 10)).toList();
        for (Image image : images) {
            image.pushTo(connect("layout:.").target(name, new StopSignal()), image.digest().toString());
        }
        String listed = IntStream.range(0, entries.length)
            .mapToObj((i) -> Images.json(images.get(i).descriptor()).replaceFirst("}$", entries[i] + "}"))
            .collect(Collectors.joining(","));
        Files.writeString(root().resolve(name).resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[" + listed + "]}");
        return images.getFirst();
    }

    private static String entry(String refName, @Nullable String imageName) {
        String second = (imageName == null) ? "" : ",\"io.containerd.image.name\":\"" + imageName + "\"";
        return ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"%s}".formatted(refName, second);
    }

    @Test
    void keeps_what_others_wrote_into_the_index() throws IOException {
        Images.image(1, 10).pushTo(target("layout:exports", "app"), "v1");
        Path index = root().resolve("exports/app/index.json");
        Files.writeString(index, Files.readString(index)
            .replace("\"schemaVersion\":2", "\"schemaVersion\":2,\"annotations\":{\"of\":\"others\"}"));
        Images.image(2, 10).pushTo(target("layout:exports", "app"), "v2");
        assertThat(Files.readString(index)).contains("\"of\":\"others\"");
        assertThat(target("layout:exports", "app").tags()).containsExactly("v1", "v2");
    }

    @Test
    void many_writers_of_one_index_lose_no_tag() throws Exception {
        Image image = Images.image(1, 10);
        image.pushContentTo(target("layout:exports", "app"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String tag = "v" + i;
                threads.submit(() -> target("layout:exports", "app").put(image.manifest(), tag)).state();
            }
        }
        assertThat(target("layout:exports", "app").tags())
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40).mapToObj((i) -> "v" + i).toList());
    }

    @Test
    void holds_blobs_with_sha512_digests() throws IOException {
        Image image = Images.sha512(1, 1000);
        image.pushTo(target("layout:exports", "app"), "v1");
        for (var blob : image.blobs().entrySet()) {
            try (BlobContent content = connect("layout:exports").source("app", new StopSignal()).blob(blob.getKey())) {
                assertThat(content.stream().readAllBytes()).isEqualTo(blob.getValue());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 1000, 128 * 1024, 300_000 })
    void takes_no_more_of_a_blob_than_was_announced(long size) throws IOException {
        AtomicLong taken = new AtomicLong();
        InputStream endless = new InputStream() {

            @Override
            public int read() {
                taken.incrementAndGet();
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                taken.addAndGet(length);
                return length;
            }

        };
        Descriptor blob = new Descriptor("a/b", Digest.sha256(new byte[0]), size);
        ContentTarget target = target("layout:exports", "app");
        assertThatExceptionOfType(RegistryFailure.Permanent.class).isThrownBy(() -> target.upload(blob).send(endless))
            .withMessageEndingWith("the source sent more than the %d bytes it announced", size);
        assertThat(taken).hasValue(size + 1);
        assertThat(target.has(blob)).isFalse();
        try (Stream<Path> files = Files.walk(root())) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void leaves_no_file_behind() throws IOException {
        Images.twoPlatforms(1, 1000).pushTo(target("layout:exports", "app"), "v1");
        try (Stream<Path> left = Files.list(root().resolve("exports/app/.uploads"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void tells_an_altered_manifest() throws IOException {
        Image image = Images.image(1, 10);
        image.pushTo(target("layout:exports", "app"), "v1");
        Files.writeString(root().resolve("exports/app/blobs/sha256").resolve(image.digest().hex()), "{}");
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> connect("layout:exports").source("app", new StopSignal()).manifest("v1"))
            .withMessageContaining("has changed it");
    }

    private ContentTarget target(String url, String repository) {
        return connect(url).target(repository, new StopSignal());
    }

    private LayoutRegistry connect(String url) {
        return new LayoutAdapter(root()).connect(
                new Registry(1, "disk", "", "layout", URI.create(url), false, RegistryCredential.NONE, null, null, 0));
    }

    private Path root() {
        return this.folder.resolve("allowed");
    }

}
