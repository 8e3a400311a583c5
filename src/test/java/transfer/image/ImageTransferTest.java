package transfer.image;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import fixtures.MemoryRegistry;
import oci.model.Descriptor;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import replication.execution.copy.Outcome;
import replication.execution.copy.Subject;
import transfer.Copying;

import static org.assertj.core.api.Assertions.assertThat;

class ImageTransferTest {

    private final MemoryRegistry source = new MemoryRegistry();

    private final MemoryRegistry destination = new MemoryRegistry();

    private final Copying copying = new Copying(this.source, this.destination);

    @Test
    void a_new_image_costs_the_least_there_is() {
        Image image = Images.image(1, 100, 200, 300_000);
        this.source.seed("app", "v1", image);
        Outcome outcome = this.copying.one("app");
        assertThat(outcome).isEqualTo(Outcome.copied(new Subject.Tag("v1"), image.digest().toString(), size(image)));
        assertThat(this.source.journal("HEAD")).isEmpty();
        assertThat(this.source.journal("GET manifest")).hasSize(1);
        assertThat(this.source.journal("GET blob")).hasSize(4);
        assertThat(this.source.journal()).hasSize(1 + 1 + 4);
        assertThat(this.destination.journal("POST")).hasSize(4);
        assertThat(this.destination.journal("PUT blob")).hasSize(4);
        assertThat(this.destination.journal("PUT manifest")).hasSize(1);
        assertThat(this.destination.journal()).hasSize(1 + 4 + 4 + 1);
    }

    static Stream<Image> images() {
        return Stream.of(Images.image(1, 100, 200), Images.docker(2, 100), Images.twoPlatforms(3, 100),
                Images.sha512(4, 100), Images.artifact("application/vnd.example"),
                Images.artifact("application/vnd.signature", Images.image(5, 10).descriptor()),
                Images.index(Images.twoPlatforms(6, 100), Images.image(7, 100)), Images.index());
    }

    @ParameterizedTest
    @MethodSource("images")
    void copies_each_kind_byte_for_byte(Image image) {
        this.source.seed("app", "v1", image);
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.tags("app")).isEqualTo(Map.of("v1", image.digest()));
        assertSame(image);
        assertThat(this.copying.all("app")).isEmpty();
    }

    private void assertSame(Image image) {
        assertThat(this.destination.manifest("app", image.digest()).orElseThrow().bytes())
            .isEqualTo(image.manifest().bytes());
        image.blobs().keySet().forEach((blob) -> assertThat(this.destination.hasBlob("app", blob.digest())).isTrue());
        image.children().forEach(this::assertSame);
    }

    @Test
    void blobs_come_before_children_before_the_index_under_its_tag() {
        Image index = Images.twoPlatforms(1, 100);
        this.source.seed("app", "v1", index);
        this.copying.one("app");
        List<String> writes = this.destination.journal("PUT");
        assertThat(writes).hasSize(4 + 2 + 1);
        assertThat(writes.subList(0, 4)).allMatch((line) -> line.startsWith("PUT blob"));
        assertThat(writes.subList(4, 6)).containsExactlyInAnyOrderElementsOf(
                index.children().stream().map((child) -> "PUT manifest app " + child.digest()).toList());
        assertThat(writes.getLast()).isEqualTo("PUT manifest app v1");
    }

    @Test
    void several_tags_on_one_image_copy_its_content_once() {
        Image image = Images.image(1, 100);
        for (String tag : List.of("v1", "v1.0", "latest")) {
            this.source.seed("app", tag, image);
        }
        assertThat(this.copying.all("app")).hasSize(3)
            .allMatch((outcome) -> outcome.result() == Outcome.Result.COPIED)
            .extracting(Outcome::bytes)
            .containsExactlyInAnyOrder(size(image), 0L, 0L);
        assertThat(this.destination.journal("POST")).hasSize(2);
        assertThat(this.destination.journal("PUT manifest")).hasSize(3);
    }

    @Test
    void an_image_that_its_registry_withholds_is_skipped_unread() {
        Image image = Images.image(1, 100);
        this.source.listingDigests(10);
        this.source.seed("app", "v1", image);
        this.source.withhold("app", "v1", "archived");

        assertThat(this.copying.one("app"))
            .isEqualTo(Outcome.skipped(new Subject.Tag("v1"), image.digest().toString(), "archived"));
        assertThat(this.source.journal("GET manifest")).isEmpty();
        assertThat(this.source.journal("HEAD")).isEmpty();
    }

    @Test
    void a_layer_listed_twice_is_sent_once() {
        byte[] layer = Images.bytes(1, 100);
        this.source.seed("app", "v1", Images.ofLayers(1, layer, layer));
        this.copying.one("app");
        assertThat(this.destination.journal("POST")).hasSize(2);
    }

    @Test
    void children_that_are_in_place_are_not_read() {
        Image kept = Images.image(1, 100);
        this.source.seed("app", "v2", Images.index(kept, Images.image(2, 100)));
        this.destination.seed("app", "v1", Images.index(kept, Images.image(3, 100)));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.source.journal("GET manifest app " + kept.digest())).isEmpty();
        assertThat(this.destination.journal("PUT manifest app " + kept.digest())).isEmpty();
    }

    @Test
    void keeps_a_different_tag_when_override_is_off() {
        Image wanted = Images.image(1, 100);
        Image present = Images.image(2, 100);
        this.source.seed("app", "v1", wanted);
        this.destination.seed("app", "v1", present);
        Outcome outcome = this.copying.withoutOverride().one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.KEPT);
        assertThat(outcome.reason()).contains(wanted.digest().toString(), present.digest().toString());
        assertThat(this.source.journal("GET manifest")).isEmpty();
        assertThat(this.destination.tags("app")).containsEntry("v1", present.digest());
    }

    @Test
    void replaces_a_different_tag_when_override_is_on() {
        Image wanted = Images.image(1, 100);
        this.source.seed("app", "v1", wanted);
        this.destination.seed("app", "v1", Images.image(2, 100));
        assertThat(this.copying.one("app").result()).isEqualTo(Outcome.Result.COPIED);
        assertThat(this.destination.tags("app")).containsEntry("v1", wanted.digest());
    }

    @Test
    void skips_a_manifest_of_schema_1() {
        this.source.plant("app", "old", Images.raw("application/vnd.docker.distribution.manifest.v1+prettyjws",
                "{\"schemaVersion\":1,\"fsLayers\":[]}"));
        this.source.plant("app", "older", Images.raw("application/json", "{\"schemaVersion\":1,\"fsLayers\":[]}"));
        assertThat(this.copying.all("app")).hasSize(2).allSatisfy((outcome) -> {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.SKIPPED);
            assertThat(outcome.reason()).contains("schema 1");
        });
        assertThat(this.destination.journal()).containsExactly("GET tags app");
    }

    @Test
    void a_sparse_index_fails_and_names_the_child() {
        Image index = Images.twoPlatforms(1, 100);
        this.source.plant("app", "v1", index.manifest());
        Outcome outcome = this.copying.one("app");
        assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
        assertThat(outcome.digest()).isEqualTo(index.digest().toString());
        assertThat(outcome.reason()).contains("sparse", index.digest().toString());
        assertThat(this.destination.journal("POST")).isEmpty();
    }

    @Test
    void indexes_nested_beyond_reason_fail() {
        Image nested = Images.image(1, 100);
        for (int i = 0; i < 8; i++) {
            nested = Images.index(nested);
        }
        this.source.seed("app", "v1", nested);
        assertThat(this.copying.one("app").reason()).contains("nested more than 8 deep");
    }

    @Test
    void what_is_an_image_and_an_index_at_once_fails() {
        RawManifest confusing = Images.manifest(MediaTypes.OCI_IMAGE,
                "\"config\":%s,\"manifests\":[]".formatted(Images.json(Images.EMPTY)));
        this.source.plant("app", "v1", confusing);
        assertThat(this.copying.one("app").reason()).contains("at once");
    }

    @Test
    void a_failure_is_told_in_the_registrys_words_and_the_others_go_on() {
        this.source.seed("app", "bad", Images.image(1, 100));
        this.source.seed("app", "good", Images.image(2, 100));
        this.destination.faults()
            .fail("PUT manifest app bad", 1, () -> new RegistryFailure.Permanent("put: 403 DENIED \"immutable\""));
        assertThat(this.copying.all("app")).satisfiesExactlyInAnyOrder(
                (outcome) -> assertThat(outcome.reason()).isEqualTo("put: 403 DENIED \"immutable\""),
                (outcome) -> assertThat(outcome.result()).isEqualTo(Outcome.Result.COPIED));
    }

    @Test
    void an_unforeseen_error_is_an_outcome_too() {
        this.source.seed("app", "v1", Images.image(1, 100));
        this.destination.faults().fail("PUT manifest", 1, () -> new IllegalStateException("a bug"));
        assertThat(this.copying.one("app").reason()).contains("a bug");
    }

    @Test
    void writes_a_line_for_what_changed() {
        Image image = Images.image(1, 2_000_000, 1_200_000);
        this.source.seed("app", "v1", image);
        this.copying.one("app");
        assertThat(this.copying.log)
            .containsExactly("copied v1 %s (3 blobs, 0 mounted, 3.2 MB)".formatted(image.digest()));
    }

    private static long size(Image image) {
        return image.blobs().keySet().stream().mapToLong(Descriptor::size).sum();
    }

}
