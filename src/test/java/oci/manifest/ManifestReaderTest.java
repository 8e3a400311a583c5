package oci.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import fixtures.Image;
import fixtures.Images;
import oci.model.Descriptor;
import oci.model.Digest;
import oci.model.Manifest;
import oci.model.MediaTypes;
import oci.model.RegistryFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
        assertThat(ManifestReader.read(Images.raw(MediaTypes.OCI_IMAGE, json)))
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

    static Stream<Arguments> large_documents() {
        String many = IntStream.range(0, 10_001)
            .mapToObj((number) -> "{\"mediaType\":\"a/b\",\"digest\":\"sha256:%064x\",\"size\":1}".formatted(number))
            .collect(Collectors.joining(","));
        return Stream.of(
                arguments("{\"layers\":[" + "{},".repeat(1_000_000) + "{}]}", "a descriptor in layers has no size: "),
                arguments("{\"layers\":[" + many + "]}", "it refers to more than 10000 contents"),
                arguments("{\"layers\":[{\"digest\":\"" + "x".repeat(1_000_000) + "\",\"annotations\":{\"a\":\"b\"}}]}",
                        "a descriptor in layers has no size: xxx"),
                arguments("{\"layers\":[{\"size\":1,\"digest\":\"sha256:" + "z".repeat(1_000_000) + "\"}]}",
                        "not a sha256 or sha512 digest: sha256:zzz"),
                arguments("{\"layers\":[{\"size\":99999999999999999999,\"digest\":\"" + D + "\"}]}", "has no size"),
                arguments("{\"layers\":[7]}", "layers holds what is no descriptor"),
                arguments("{\"a\":".repeat(100_000), "nested more than 64 deep"),
                arguments("{\"annotations\":{\"" + "k".repeat(100_000) + "\":1}}", "or has a string of more than"),
                arguments("{\"layers\":[{\"size\":1" + "0".repeat(5000) + "}]}", "nested more than 64 deep, or"));
    }

    @ParameterizedTest
    @MethodSource("large_documents")
    void what_is_too_much_is_refused_in_a_short_line(String json, String why) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> ManifestReader.read(Images.raw(MediaTypes.OCI_IMAGE, json)))
            .withMessageContaining(why)
            .satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(700).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"layers\":x\u202ey\u001b[31m}", "<html>", "{\"a\":\"b\nc\"}", "{\"a\":01}", "{\"a\"",
            "{\"a\":\"\\q\"}" })
    void what_is_no_json_is_told_in_one_line_with_its_place(String text) {
        assertThatExceptionOfType(RegistryFailure.Permanent.class)
            .isThrownBy(() -> ManifestReader.read(Images.raw(MediaTypes.OCI_IMAGE, text)))
            .withMessageContaining("it is no JSON: ")
            .withMessageContaining("(line ")
            .satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n", "\u202e", "\u001b", "StreamRead"));
    }

    @Test
    void what_a_copy_does_not_need_goes_by() {
        String annotations = "\"annotations\":{" + IntStream.range(0, 50_000)
            .mapToObj((number) -> "\"k%d\":\"v\"".formatted(number))
            .collect(Collectors.joining(",")) + "}";
        Manifest read = ManifestReader.read(Images.raw(MediaTypes.OCI_IMAGE,
                "{%s,\"layers\":[{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":1,\"data\":\"x\",%s}]}"
                    .formatted(annotations, D, annotations)));
        assertThat(read).isEqualTo(new Manifest.Image(List.of(new Descriptor("a/b", Digest.parse(D), 1))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"mediaType\":\"a/b\"}|a/b", "{\"manifests\":[]}|" + MediaTypes.OCI_INDEX,
            "{\"config\":{}}|" + MediaTypes.OCI_IMAGE, "{}|''", "no json|''" })
    void tells_the_media_type_a_document_must_have(String json, String mediaType) {
        assertThat(ManifestReader.mediaType(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(mediaType);
    }

}
