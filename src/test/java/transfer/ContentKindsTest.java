package transfer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fixtures.Asked;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.PlannedManners;
import fixtures.PlannedRegistry;
import fixtures.RealRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.execution.copy.Outcome;
import replication.policy.ForeignLayers;

import static org.assertj.core.api.Assertions.assertThat;

/** Content is copied as what it is, whatever types registries have for it. */
class ContentKindsTest {

    private static final String WINDOWS = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    private static final String NONDISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

    private static final String URL = "https://mcr.example/layer";

    private final PlannedRegistry source = new PlannedRegistry().strict();

    private final PlannedRegistry destination = new PlannedRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry from = connect(Registered.at(this.source.url()));

    private final RemoteRegistry to = connect(Registered.at(this.destination.url()));

    private final Copying copying = new Copying(this.from, this.to);

    private RemoteRegistry connect(Registered registry) {
        return RemoteRegistry.connect(registry.access(), Patience.SHORT, this.limits);
    }

    @AfterEach
    void close() {
        this.from.close();
        this.to.close();
        this.source.close();
        this.destination.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar.gzip" })
    void a_build_cache_is_copied_by_its_types_alone(String layerType) {
        Image cache = Images.buildCache(1, layerType);
        this.source.seed("app", "cache", cache);
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "cache", cache)).isTrue();
        assertThat(this.source.count(Asked.GET_MANIFEST)).isEqualTo(1);
        assertThat(this.copying.all("app")).isEmpty();
        try (RealRegistry real = RealRegistry.start(); RemoteRegistry there = connect(Registered.at(real))) {
            assertThat(new Copying(this.from, there).one("app").result()).isEqualTo(Outcome.Result.COPIED);
            assertThat(new Copying(this.from, there).all("app")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/vnd.example.thing", "application/json", "text/plain", "" })
    void a_child_of_an_unknown_type_is_asked_for(String type) {
        byte[] bytes = "some content".getBytes(StandardCharsets.UTF_8);
        Descriptor blob = new Descriptor(type, Digest.sha256(bytes), bytes.length);
        RawManifest odd = Images.raw(type.isEmpty() ? MediaTypes.OCI_IMAGE : type,
                "{\"layers\":[%s]}".formatted(Images.json(blob)));
        Image child = new Image(odd, Map.of(blob, bytes), List.of());
        RawManifest index = Images.manifest(MediaTypes.OCI_INDEX, "\"manifests\":[%s,%s]".formatted(Images.json(blob),
                Images.json(new Descriptor(type, odd.digest(), odd.bytes().length))));
        Image whole = new Image(index, Map.of(blob, bytes), List.of(child));
        this.source.seed("app", "v1", whole);
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "v1", whole)).isTrue();
    }

    @Test
    void a_child_of_an_unknown_type_that_is_nowhere_fails_the_index() {
        Descriptor nowhere = new Descriptor("application/vnd.example", Digest.sha256(new byte[] { 1 }), 1);
        Image good = Images.image(1, 100);
        this.source.seed("app", "good", good)
            .seed("app", "v1", new Image(
                    Images.manifest(MediaTypes.OCI_INDEX,
                            "\"manifests\":[%s,%s]".formatted(Images.json(nowhere), Images.json(good.descriptor()))),
                    Map.of(), List.of()));
        Outcome outcome = outcome("v1");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).contains("404", nowhere.digest().toString());
        assertThat(this.destination.digest("app", good.digest().toString())).contains(good.digest());
    }

    private Outcome outcome(String tag) {
        return this.copying.all("app").stream().filter((it) -> it.reference().equals(tag)).findFirst().orElseThrow();
    }

    /** This source has nothing for who does not accept its type. */
    @ParameterizedTest
    @ValueSource(strings = { "application/vnd.oci.artifact.manifest.v1+json", "application/vnd.example.model.v2+json",
            "application/vnd.cncf.something.manifest+json" })
    void a_manifest_of_any_type_is_asked_for_and_stays_what_it_is(String type) {
        byte[] bytes = Images.bytes(1, 50);
        Descriptor blob = Images.blob("application/octet-stream", bytes);
        for (String stated : List.of("\"mediaType\":\"%s\",".formatted(type), "")) {
            Image artifact = new Image(Images.raw(type, "{%s\"blobs\":[%s]}".formatted(stated, Images.json(blob))),
                    Map.of(blob, bytes), List.of());
            this.source.seed("app", "v" + stated.length(), artifact);
            assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
            assertThat(this.destination.holds("app", "v" + stated.length(), artifact)).isTrue();
        }
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.to.target("app", this.copying.stop).head("v0")).map(Descriptor::mediaType).contains(type);
    }

    @ParameterizedTest
    @CsvSource({ "406,UNSUPPORTED", "415,UNSUPPORTED", "400,MANIFEST_INVALID" })
    void what_the_source_does_not_give_is_told_and_not_taken_for_gone(int status, String code) {
        this.source.seed("app", "odd", Images.image(1, 10)).seed("app", "good", Images.image(2, 10));
        for (Asked asked : List.of(Asked.HEAD_MANIFEST, Asked.GET_MANIFEST)) {
            this.source.refusing(asked, "manifests/odd", status, code);
        }
        Outcome outcome = outcome("odd");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).contains(status + " " + code + " \"by plan\"");
    }

    static Stream<Arguments> windows() {
        return Stream
            .of(Images.withLayer(1, MediaTypes.DOCKER_IMAGE, WINDOWS, URL),
                    Images.withLayer(2, MediaTypes.OCI_IMAGE, NONDISTRIBUTABLE, URL),
                    Images.withLayer(3, MediaTypes.OCI_IMAGE, NONDISTRIBUTABLE))
            .flatMap((image) -> Stream.of(Arguments.of(image, Images.index(Images.image(9, 10), image)),
                    Arguments.of(image, image)));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void of_a_foreign_layer_the_bytes_are_not_copied(Image windows, Image whole) {
        this.source.seed("app", "v1", whole);
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.digest("app", "v1")).contains(whole.digest());
        Descriptor layer = foreign(windows);
        assertThat(this.source.count(Asked.GET_BLOB)).isEqualTo(blobs(whole) - 1);
        assertThat(this.copying.log).anySatisfy((line) -> assertThat(line).contains("foreign_layers: skip_bytes",
                "layer " + layer.digest(), layer.mediaType()));
        assertThat(this.copying.all("app")).isEmpty();
    }

    private static Descriptor foreign(Image image) {
        return image.blobs().keySet().stream().filter(Descriptor::foreign).findFirst().orElseThrow();
    }

    private static int blobs(Image image) {
        return image.blobs().size() + image.children().stream().mapToInt(ContentKindsTest::blobs).sum();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void where_they_are_to_be_copied_the_destination_has_all(Image windows, Image whole) {
        this.source.seed("app", "v1", whole);
        assertThat(this.copying.with(ForeignLayers.COPY).one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "v1", whole)).isTrue();
        assertThat(windows.blobs()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void where_such_images_are_skipped_the_others_come(Image windows, Image whole) {
        this.source.seed("app", "v1", whole);
        Outcome outcome = this.copying.with(ForeignLayers.SKIP_IMAGE).one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(outcome.reason()).contains("foreign_layers: skip_image", windows.digest().toString());
        assertThat(this.destination.digest("app", windows.digest().toString())).isEmpty();
        for (Image other : whole.children()) {
            assertThat(this.destination.holds("app", other.digest().toString(), other))
                .isEqualTo(!other.equals(windows));
        }
    }

    @Test
    void a_plan_skips_what_a_copy_skips() {
        this.source.seed("app", "v1", Images.withLayer(1, MediaTypes.DOCKER_IMAGE, WINDOWS, URL));
        Outcome planned = new Copying(this.from, this.to).with(ForeignLayers.SKIP_IMAGE).planning().one("app");
        assertThat(planned.result()).isEqualTo(Outcome.Result.SKIPPED);
        assertThat(planned).isEqualTo(this.copying.with(ForeignLayers.SKIP_IMAGE).one("app"));
    }

    @Test
    void a_destination_that_takes_sparse_indexes_gets_one() {
        Image windows = Images.withLayer(1, MediaTypes.DOCKER_IMAGE, WINDOWS, URL);
        Image whole = Images.index(Images.image(9, 10), windows);
        this.source.seed("app", "v1", whole);
        try (PlannedRegistry sparse = new PlannedRegistry(PlannedManners.careful().butCareless(), List.of());
                RemoteRegistry there = connect(Registered.at(sparse.url()))) {
            Outcome outcome = new Copying(this.from, there).with(ForeignLayers.SKIP_IMAGE).one("app");
            assertThat(outcome.result()).isEqualTo(Outcome.Result.COPIED);
            assertThat(sparse.digest("app", "v1")).contains(whole.digest());
            assertThat(sparse.digest("app", windows.digest().toString())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_layer_that_merely_names_a_url_is_one_like_others(ForeignLayers choice) {
        Image image = Images.withLayer(1, MediaTypes.OCI_IMAGE, Images.LAYER, URL);
        this.source.seed("app", "v1", image);
        assertThat(this.copying.with(choice).one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "v1", image)).isTrue();
    }

    static Stream<Image> naming() {
        return Stream.of(Images.withLayer(1, MediaTypes.DOCKER_IMAGE, WINDOWS, URL),
                Images.withLayer(2, MediaTypes.OCI_IMAGE, NONDISTRIBUTABLE, URL),
                Images.withLayer(3, MediaTypes.OCI_IMAGE, Images.LAYER, URL));
    }

    /** As distribution does unless it is told to take them. */
    @ParameterizedTest
    @MethodSource("naming")
    void a_destination_that_takes_no_urls_fails_that_child_once_and_has_the_others(Image windows) {
        Image other = Images.image(9, 10);
        this.source.seed("app", "v1", Images.index(windows, other));
        try (RealRegistry real = RealRegistry.start(); RemoteRegistry there = connect(Registered.at(real))) {
            Outcome outcome = new Copying(this.from, there).one("app");
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.passing()).isFalse();
            assertThat(outcome.reason()).contains("push manifest", windows.digest().toString(), URL,
                    "the index is not put, as it would lack 1 of its 2 manifests; the others are there");
            assertThat(outcome.hint()).contains("validation.manifests.urls.allow");
            assertThat(there.target("app", this.copying.stop).head(other.digest().toString())).isPresent();
            assertThat(there.target("app", this.copying.stop).head("v1")).isEmpty();
            assertThat(real.requests("PUT", "manifests/" + windows.digest())).isEqualTo(1);
        }
        try (RealRegistry real = RealRegistry.builder().allowingUrls("^https://mcr\\.example/").start();
                RemoteRegistry there = connect(Registered.at(real))) {
            assertThat(new Copying(this.from, there).one("app").result()).isEqualTo(Outcome.Result.COPIED);
            assertThat(new Copying(this.from, there).all("app")).isEmpty();
        }
    }

    @Test
    void a_foreign_layer_that_the_source_does_not_have_fails_its_image_alone() {
        Image windows = Images.withLayer(1, MediaTypes.OCI_IMAGE, NONDISTRIBUTABLE, URL);
        Image other = Images.image(9, 10);
        this.source.seed("app", "v1", Images.index(windows, other))
            .refusing(Asked.GET_BLOB, foreign(windows).digest().toString(), 404, "BLOB_UNKNOWN");
        Outcome outcome = this.copying.with(ForeignLayers.COPY).one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason()).contains("404 BLOB_UNKNOWN", foreign(windows).digest().toString(),
                "would lack 1 of its 2 manifests");
        assertThat(this.destination.holds("app", other.digest().toString(), other)).isTrue();
    }

}
