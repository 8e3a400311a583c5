package cli.copy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import cli.shared.JsonTrees;
import com.fasterxml.jackson.databind.JsonNode;
import oci.BlobContent;
import oci.ContentSource;
import oci.model.Descriptor;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;

/**
 * Has, in place of an index, the image in it that is for one platform. What is no index
 * is taken as it is, as crane and skopeo do. It has no listing of digests, for those are
 * of the indexes.
 */
record PlatformSource(ContentSource source, Platform platform) implements ContentSource {

    @Override
    public ContentSource afresh() {
        return new PlatformSource(this.source.afresh(), this.platform);
    }

    @Override
    public Stream<String> tags() {
        return this.source.tags();
    }

    @Override
    public boolean exists() {
        return this.source.exists();
    }

    @Override
    public Optional<Descriptor> head(String reference) {
        return this.source.head(reference)
            .map((head) -> MediaTypes.isImage(head.mediaType()) ? head : descriptor(manifest(reference)));
    }

    private static Descriptor descriptor(RawManifest manifest) {
        return new Descriptor(manifest.mediaType(), manifest.digest(), manifest.bytes().length);
    }

    @Override
    public RawManifest manifest(String reference) {
        RawManifest manifest = this.source.manifest(reference);
        return MediaTypes.isIndex(manifest.mediaType()) ? this.source.manifest(child(reference, manifest)) : manifest;
    }

    private String child(String reference, RawManifest index) {
        JsonNode children = JsonTrees.lenient(new String(index.bytes(), StandardCharsets.UTF_8)).path("manifests");
        return children.valueStream()
            .filter((child) -> this.platform.accepts(Platform.of(child)))
            .map((child) -> child.path("digest").asText())
            .findFirst()
            .orElseThrow(() -> new RegistryFailure.Permanent(
                    "take %s of %s: it has only %s".formatted(this.platform, reference,
                            children.valueStream()
                                .map((child) -> Platform.of(child).toString())
                                .collect(Collectors.joining(", ")))));
    }

    @Override
    public BlobContent blob(Descriptor blob, long from) {
        return this.source.blob(blob, from);
    }

}
