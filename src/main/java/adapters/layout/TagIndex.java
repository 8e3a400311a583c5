package adapters.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import oci.model.Descriptor;
import oci.model.MediaTypes;
import oci.model.RawManifest;

/**
 * The tags of an {@code index.json}. An entry is found by its tag, by the tag at the end
 * of its whole name, and by the whole name; a single entry without a name is
 * {@code latest}. Other entries and fields are kept.
 *
 * @param names by whole name
 * @param shared tags that several entries have with different digests, so that none of
 * them can be chosen
 */
record TagIndex(Map<String, Descriptor> tags, Map<String, Descriptor> names, Map<String, List<IndexEntry>> shared) {

    static final TagIndex EMPTY = new TagIndex(Map.of(), Map.of(), Map.of());

    private static final String LATEST = "latest";

    private static final ObjectMapper JSON = new ObjectMapper();

    static TagIndex read(byte[] bytes) throws IOException {
        List<IndexEntry> entries = IndexEntry.all(bytes);
        Map<String, List<IndexEntry>> byTag = new LinkedHashMap<>();
        Map<String, Descriptor> names = new LinkedHashMap<>();
        for (IndexEntry entry : entries) {
            entry.names().forEach((name) -> names.put(name, entry.descriptor()));
            entry.tag().ifPresent((tag) -> byTag.computeIfAbsent(tag, (_) -> new ArrayList<>()).add(entry));
        }
        if (entries.size() == 1 && entries.getFirst().names().isEmpty()) {
            byTag.put(LATEST, entries);
        }
        byTag.replaceAll((_, all) -> meant(all));
        Map<String, Descriptor> tags = new LinkedHashMap<>();
        byTag.forEach((tag, meant) -> tags.put(tag, meant.getLast().descriptor()));
        byTag.values()
            .removeIf((meant) -> meant.stream().map((entry) -> entry.descriptor().digest()).distinct().count() == 1);
        return new TagIndex(tags, names, byTag);
    }

    /**
     * An entry named by the tag itself comes before those whose whole name ends with it.
     */
    private static List<IndexEntry> meant(List<IndexEntry> entries) {
        List<IndexEntry> tagged = entries.stream().filter(IndexEntry::isTagged).toList();
        return tagged.isEmpty() ? entries : tagged;
    }

    /** The entry of a tag or whole name; empty if there is none. */
    Optional<Descriptor> find(String reference) {
        Descriptor tagged = this.tags.get(reference);
        return Optional.ofNullable((tagged != null) ? tagged : this.names.get(reference));
    }

    static boolean isTag(String name) {
        return IndexEntry.isTag(name);
    }

    static byte[] empty() throws IOException {
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX).putArray("manifests");
        return JSON.writeValueAsBytes(index);
    }

    /** The document with a tag set. */
    static byte[] withTag(byte[] bytes, String tag, RawManifest manifest) throws IOException {
        ObjectNode index = IndexEntry.document(bytes);
        ObjectNode entry = without(index,
                (node) -> node.path("annotations").path(IndexEntry.REF_NAME).asText("").equals(tag))
            .addObject();
        entry.put("mediaType", manifest.mediaType())
            .put("digest", manifest.digest().toString())
            .put("size", manifest.bytes().length);
        entry.putObject("annotations").put(IndexEntry.REF_NAME, tag);
        return JSON.writeValueAsBytes(index);
    }

    /**
     * The document without a tag. An entry whose whole name ends with the tag stays if
     * another entry is named by the tag itself.
     */
    static byte[] withoutTag(byte[] bytes, String tag) throws IOException {
        ObjectNode index = IndexEntry.document(bytes);
        boolean alone = index.withArray("manifests").size() == 1;
        boolean itself = IndexEntry.all(bytes).stream().anyMatch((entry) -> isCalled(entry.names(), tag));
        without(index, (entry) -> {
            List<String> names = IndexEntry.names(entry);
            if (names.isEmpty()) {
                return alone && tag.equals(LATEST);
            }
            return itself ? isCalled(names, tag) : IndexEntry.tag(names).filter(tag::equals).isPresent();
        });
        return JSON.writeValueAsBytes(index);
    }

    private static boolean isCalled(List<String> names, String tag) {
        return names.stream().findFirst().filter(tag::equals).isPresent();
    }

    private static ArrayNode without(ObjectNode index, Predicate<JsonNode> goes) {
        ArrayNode entries = index.withArray("manifests");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (goes.test(entries.get(i))) {
                entries.remove(i);
            }
        }
        return entries;
    }

}
