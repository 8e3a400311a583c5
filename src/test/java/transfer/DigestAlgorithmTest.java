package transfer;

import java.util.List;
import java.util.Map;

import fixtures.Asked;
import fixtures.Image;
import fixtures.Images;
import fixtures.Patience;
import fixtures.PlannedRegistry;
import fixtures.Registered;
import oci.limits.HostLimits;
import oci.limits.LimitSizes;
import oci.model.Digest;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.remote.RemoteRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.execution.copy.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** Both sides may name the same bytes by digests of different algorithms. */
class DigestAlgorithmTest {

    private final PlannedRegistry source = new PlannedRegistry();

    private final PlannedRegistry destination = new PlannedRegistry();

    private final HostLimits limits = new HostLimits(LimitSizes.DEFAULTS);

    private final RemoteRegistry from = connect(this.source);

    private final RemoteRegistry to = connect(this.destination);

    private final Copying copying = new Copying(this.from, this.to);

    private RemoteRegistry connect(PlannedRegistry registry) {
        return RemoteRegistry.connect(Registered.at(registry.url()).access(), Patience.SHORT, this.limits);
    }

    @AfterEach
    void close() {
        this.from.close();
        this.to.close();
        this.source.close();
        this.destination.close();
    }

    private static Image named(String algorithm, Image image) {
        RawManifest manifest = image.manifest();
        return new Image(
                new RawManifest(manifest.mediaType(), Digest.of(algorithm, manifest.bytes()), manifest.bytes()),
                image.blobs(), image.children());
    }

    @ParameterizedTest
    @CsvSource({ "sha512,sha256", "sha256,sha512", "sha512,sha512" })
    void what_is_the_same_is_put_never_and_read_once(String here, String there) {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", named(here, image));
        this.destination.seed("app", "v1", named(there, image));
        assertThat(this.copying.all("app")).allMatch((it) -> it.result() == Outcome.Result.UNCHANGED);
        int reads = this.source.count(Asked.GET_MANIFEST);
        for (int i = 0; i < 3; i++) {
            assertThat(this.copying.all("app")).isEmpty();
        }
        assertThat(reads).isEqualTo(here.equals(there) ? 0 : 1);
        assertThat(this.source.count(Asked.GET_MANIFEST)).isEqualTo(reads);
        assertThat(this.destination.count(Asked.PUT_MANIFEST)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "v1", "index" })
    void what_was_copied_is_not_put_again(String tag) {
        Image image = tag.equals("index") ? Images.twoPlatforms(1, 100) : Images.image(1, 100);
        this.source.seed("app", tag, named("sha512", image));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        int puts = this.destination.count(Asked.PUT_MANIFEST);
        for (int i = 0; i < 3; i++) {
            assertThat(this.copying.all("app")).allMatch((it) -> it.result() == Outcome.Result.UNCHANGED);
        }
        assertThat(this.copying.all("app")).isEmpty();
        assertThat(this.destination.count(Asked.PUT_MANIFEST)).isEqualTo(puts);
        assertThat(this.destination.holds("app", tag, image)).isTrue();
    }

    @Test
    void what_differs_is_put() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "v1", named("sha512", image));
        this.destination.seed("app", "v1", Images.image(2, 100));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.holds("app", "v1", image)).isTrue();
    }

    @Test
    void without_override_only_what_differs_is_kept() {
        Image image = Images.image(1, 100);
        this.source.seed("app", "same", named("sha512", image))
            .seed("app", "other", named("sha512", Images.image(3, 100)));
        this.destination.seed("app", "same", image).seed("app", "other", Images.image(2, 100));
        assertThat(this.copying.withoutOverride().all("app")).extracting((it) -> it.reference() + " " + it.result())
            .containsExactlyInAnyOrder("same UNCHANGED", "other KEPT");
        assertThat(this.copying.one("app").reference()).isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({ "blake3:" + "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262,blake3",
            "sha384:ab12,sha384", "md5:d41d8cd98f00b204e9800998ecf8427e,md5" })
    void an_algorithm_that_is_not_computed_is_named(String digest, String algorithm) {
        RawManifest manifest = Images.manifest(MediaTypes.OCI_IMAGE,
                "\"config\":%s,\"layers\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}]"
                    .formatted(Images.json(Images.EMPTY), Images.LAYER, digest));
        this.source.seed("app", "v1", new Image(manifest, Map.of(), List.of()));
        Outcome outcome = this.copying.one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.reason())
            .contains("digests by " + algorithm + " are not supported, only by sha256 and sha512: " + digest);
    }

}
