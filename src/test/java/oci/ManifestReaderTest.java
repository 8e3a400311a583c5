package oci;

import java.nio.charset.StandardCharsets;
import java.util.List;

import fixtures.Image;
import fixtures.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import replication.registry.RegistryFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestReaderTest {

    private static final String D = "sha256:" + "a".repeat(64);

    @Test
    void an_image_refers_to_config_and_layers() {
        Image image = Images.image(1, 10, 20);
        assertThat(ManifestReader.read(image.manifest()))
            .isEqualTo(new Manifest.Image(List.copyOf(image.blobs().keySet())));
    }

    @Test
    void an_index_refers_to_its_children() {
        Image index = Images.twoPlatforms(1, 10);
        assertThat(ManifestReader.read(index.manifest()))
            .isEqualTo(new Manifest.Index(index.children().stream().map(Image::descriptor).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"layers\":null,\"manifests\":null}", "{\"subject\":{\"digest\":\"x\"}}" })
    void what_names_nothing_refers_to_nothing(String json) {
        assertThat(ManifestReader.read(Images.raw(ManifestTypes.OCI_IMAGE, json)))
            .isEqualTo(new Manifest.Image(List.of()));
    }

    @Test
    void the_withdrawn_artifact_manifest_has_blobs() {
        Manifest read = ManifestReader.read(Images.raw("application/vnd.oci.artifact.manifest.v1+json",
                "{\"blobs\":[{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1}]}".formatted(D)));
        assertThat(read).isEqualTo(new Manifest.Image(List.of(new Descriptor("a/b", Digest.parse(D), 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "no json", "{\"layers\":[{\"digest\":\"md5:abc\",\"size\":1}]}",
            "{\"layers\":[{\"digest\":\"sha256:../../etc\",\"size\":1}]}", "{\"layers\":[{\"size\":1}]}",
            "{\"config\":{\"digest\":\"sha256:aa\"}}", "{\"config\":{},\"manifests\":[]}" })
    void what_is_malformed_is_refused(String json) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> ManifestReader.read(Images.raw("application/json", json)))
            .withMessageContaining("read manifest sha256:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "{\"mediaType\":\"a/b\"}|a/b", "{\"manifests\":[]}|" + ManifestTypes.OCI_INDEX,
                    "{\"config\":{}}|" + ManifestTypes.OCI_IMAGE, "{}|''", "no json|''" })
    void tells_the_media_type_a_document_must_have(String json, String mediaType) {
        assertThat(ManifestReader.mediaType(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(mediaType);
    }

}
