package oci;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import replication.registry.RegistryFailure;

/**
 * Reads what a manifest refers to (OCI image specification, manifest.md and
 * image-index.md; Docker image manifest version 2, schemas 1 and 2). Fields that a copy
 * does not need are passed over.
 */
public final class ManifestReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestReader() {
    }

    /**
     * Reads a manifest.
     * @throws RegistryFailure.Permanent where it is none, saying why
     */
    public static Manifest read(RawManifest raw) {
        try {
            JsonNode json = JSON.readTree(raw.bytes());
            if (json == null || !json.isObject()) {
                throw malformed(raw, "it is no JSON object");
            }
            return read(raw, json);
        }
        catch (IOException ex) {
            throw malformed(raw, "it is no JSON: " + ex.getMessage());
        }
        catch (IllegalArgumentException ex) {
            throw malformed(raw, String.valueOf(ex.getMessage()));
        }
    }

    /** The media type that a document states or, stating none, must have. */
    public static String mediaType(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            String stated = (json != null) ? json.path("mediaType").asText("") : "";
            if (!stated.isEmpty() || json == null) {
                return stated;
            }
            if (json.hasNonNull("manifests")) {
                return ManifestTypes.OCI_INDEX;
            }
            return json.hasNonNull("config") ? ManifestTypes.OCI_IMAGE : "";
        }
        catch (IOException _) {
            return "";
        }
    }

    private static Manifest read(RawManifest raw, JsonNode json) {
        if (ManifestTypes.isLegacy(raw.mediaType()) || json.path("schemaVersion").asInt() == 1) {
            return new Manifest.Legacy();
        }
        boolean lists = json.hasNonNull("manifests");
        boolean holds = json.hasNonNull("config") || json.hasNonNull("layers") || json.hasNonNull("blobs");
        // What one client takes for an image and another for an index (CVE-2021-41190).
        if (lists && holds) {
            throw malformed(raw, "it is an image and an index at once");
        }
        if ((ManifestTypes.isIndex(raw.mediaType()) && holds) || (ManifestTypes.isImage(raw.mediaType()) && lists)) {
            throw malformed(raw, "its content contradicts its media type " + raw.mediaType());
        }
        if (lists || ManifestTypes.isIndex(raw.mediaType())) {
            return new Manifest.Index(distinct(json, "manifests"));
        }
        // `blobs` is what the withdrawn OCI artifact manifest had.
        return new Manifest.Image(distinct(json, "config", "layers", "blobs"));
    }

    private static List<Descriptor> distinct(JsonNode json, String... fields) {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        for (String field : fields) {
            for (JsonNode node : each(json.path(field))) {
                Descriptor descriptor = descriptor(field, node);
                found.merge(descriptor.digest(), descriptor, (first, again) -> again.urls().isEmpty() ? first : again);
            }
        }
        return List.copyOf(found.values());
    }

    private static Iterable<JsonNode> each(JsonNode node) {
        return node.isObject() ? List.of(node) : node;
    }

    private static Descriptor descriptor(String field, JsonNode node) {
        JsonNode size = node.path("size");
        if (!size.canConvertToLong() || size.asLong() < 0) {
            throw new IllegalArgumentException("a descriptor in " + field + " has no size: " + node);
        }
        List<String> urls = new ArrayList<>();
        node.path("urls").forEach((url) -> urls.add(url.asText()));
        return new Descriptor(node.path("mediaType").asText(""), Digest.parse(node.path("digest").asText("")),
                size.asLong(), urls);
    }

    private static RegistryFailure malformed(RawManifest raw, String why) {
        return new RegistryFailure.Permanent("read manifest %s (%s): %s; it is not copied, as its content is not known"
            .formatted(raw.digest(), raw.mediaType(), why));
    }

}
