package oci.manifest;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import oci.BlobContent;
import oci.ContentSource;
import oci.Platform;
import oci.message.Json;
import oci.model.Descriptor;
import oci.model.MediaTypes;
import oci.model.RawManifest;
import oci.model.RegistryFailure;

/**
 * Shows the image for one platform in place of an index. A manifest that is no index is
 * shown as it is, as crane and skopeo do. There is no listing of digests, because the
 * registry lists those of the indexes.
 */
public record PlatformSource(ContentSource source, Platform platform) implements ContentSource {

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
        JsonNode children = Json.lenient(index.bytes()).path("manifests");
        return children.valueStream()
            .filter((child) -> this.platform.accepts(platform(child)))
            .map((child) -> child.path("digest").asText())
            .findFirst()
            .orElseThrow(() -> new RegistryFailure.Permanent(
                    "take %s of %s: it has only %s".formatted(this.platform, reference,
                            children.valueStream()
                                .map((child) -> platform(child).toString())
                                .collect(Collectors.joining(", ")))));
    }

    private static Platform platform(JsonNode child) {
        JsonNode platform = child.path("platform");
        return new Platform(platform.path("os").asText("unknown"), platform.path("architecture").asText("unknown"),
                platform.path("variant").asText(""));
    }

    @Override
    public BlobContent blob(Descriptor blob, long from) {
        return this.source.blob(blob, from);
    }

}
