package oci;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import replication.registry.RegistryFailure;

/**
 * What a manifest refers to (OCI image specification, manifest.md and image-index.md;
 * Docker's schema 2 and lists are of the same shape). Told by its members, for a media
 * type may be missing or say nothing.
 */
public sealed interface Manifest {

    /**
     * An image or artifact.
     *
     * @param blobs its config, where it has one, and its layers
     */
    record Image(List<Descriptor> blobs) implements Manifest {

        public Image {
            blobs = List.copyOf(blobs);
        }

    }

    /** An index or list; its manifests may be indexes again. */
    record Index(List<Descriptor> manifests) implements Manifest {

        public Index {
            manifests = List.copyOf(manifests);
        }

    }

    /** Docker's schema 1, which has no stable digest and cannot be copied. */
    record Schema1() implements Manifest {
    }

    /**
     * Reads a manifest.
     * @throws RegistryFailure.Permanent where it is none
     */
    static Manifest parse(RawManifest raw) {
        try {
            JsonNode node = ManifestJson.MAPPER.readTree(raw.bytes());
            if (node.path("schemaVersion").asInt() == 1 || raw.mediaType().contains("manifest.v1+")) {
                return new Schema1();
            }
            if (node.has("manifests")) {
                return new Index(ManifestJson.descriptors(node.get("manifests")));
            }
            if (node.has("config") || node.has("layers") || node.has("blobs")) {
                return new Image(ManifestJson.blobs(node));
            }
            throw new RegistryFailure.Permanent(
                    "manifest %s of type %s is neither an image nor an index".formatted(raw.digest(), raw.mediaType()));
        }
        catch (IOException | IllegalArgumentException ex) {
            throw new RegistryFailure.Permanent(
                    "manifest %s cannot be read: %s".formatted(raw.digest(), ManifestJson.firstLine(ex)), ex);
        }
    }

    /** The JSON of manifests. */
    final class ManifestJson {

        private static final ObjectMapper MAPPER = new ObjectMapper();

        private ManifestJson() {
        }

        private static List<Descriptor> blobs(JsonNode node) {
            List<Descriptor> blobs = new ArrayList<>();
            if (node.path("config").has("digest")) {
                blobs.add(descriptor(node.get("config")));
            }
            blobs.addAll(descriptors(node.path("layers")));
            blobs.addAll(descriptors(node.path("blobs")));
            return blobs;
        }

        private static List<Descriptor> descriptors(JsonNode array) {
            List<Descriptor> descriptors = new ArrayList<>();
            array.forEach((node) -> descriptors.add(descriptor(node)));
            return descriptors;
        }

        private static Descriptor descriptor(JsonNode node) {
            List<String> urls = new ArrayList<>();
            node.path("urls").forEach((url) -> urls.add(url.asText()));
            return new Descriptor(node.path("mediaType").asText(), Digest.parse(node.path("digest").asText()),
                    node.path("size").asLong(-1), urls);
        }

        private static String firstLine(Exception ex) {
            return String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
        }

    }

}
