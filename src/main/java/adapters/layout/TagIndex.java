package adapters.layout;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.Descriptor;
import oci.Digest;
import oci.ManifestTypes;
import oci.NameGrammar;
import oci.RawManifest;

/**
 * What an {@code index.json} says of tags: entries whose ref.name is one. Other entries
 * and fields are kept as they are.
 */
record TagIndex(Map<String, Descriptor> tags) {

    static final TagIndex EMPTY = new TagIndex(Map.of());

    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final ObjectMapper JSON = new ObjectMapper();

    static TagIndex read(byte[] bytes) throws IOException {
        Map<String, Descriptor> tags = new LinkedHashMap<>();
        try {
            for (JsonNode entry : JSON.readTree(bytes).path("manifests")) {
                String name = name(entry);
                if (isTag(name)) {
                    tags.put(name, new Descriptor(entry.path("mediaType").asText(""),
                            Digest.parse(entry.path("digest").asText("")), entry.path("size").asLong(-1), List.of()));
                }
            }
        }
        catch (IllegalArgumentException ex) {
            throw new IOException("index.json is malformed: " + ex.getMessage(), ex);
        }
        return new TagIndex(tags);
    }

    /** A ref.name may be more than a tag, by the layout's specification. */
    static boolean isTag(String name) {
        return NameGrammar.isTag(name);
    }

    static byte[] empty() throws IOException {
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", ManifestTypes.OCI_INDEX).putArray("manifests");
        return JSON.writeValueAsBytes(index);
    }

    /** The document with a tag set. */
    static byte[] withTag(byte[] bytes, String tag, RawManifest manifest) throws IOException {
        ObjectNode index = document(bytes);
        ObjectNode entry = without(index, tag).addObject();
        entry.put("mediaType", manifest.mediaType())
            .put("digest", manifest.digest().toString())
            .put("size", manifest.bytes().length);
        entry.putObject("annotations").put(REF_NAME, tag);
        return JSON.writeValueAsBytes(index);
    }

    /** The document with a tag taken away. */
    static byte[] withoutTag(byte[] bytes, String tag) throws IOException {
        ObjectNode index = document(bytes);
        without(index, tag);
        return JSON.writeValueAsBytes(index);
    }

    private static ObjectNode document(byte[] bytes) throws IOException {
        if (JSON.readTree(bytes) instanceof ObjectNode index) {
            return index;
        }
        throw new IOException("index.json is malformed: it is no JSON object");
    }

    private static ArrayNode without(ObjectNode index, String tag) {
        ArrayNode entries = index.withArray("manifests");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (name(entries.get(i)).equals(tag)) {
                entries.remove(i);
            }
        }
        return entries;
    }

    private static String name(JsonNode entry) {
        return entry.path("annotations").path(REF_NAME).asText("");
    }

}
